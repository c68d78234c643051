import { expect, test } from "vitest";
import { assignment } from "./assignment.js";

test.each([
  ["a=1", ["a", "1"]],
  ["  input[0] =  3 ", ["input[0]", "3"]],
  ["a=b=2", ["a=b", "2"]],
  ["a", null],
  ["=1", null],
  ["a= ", null],
  ["", null],
])("%j", (text, halves) => {
  expect(assignment(text)).toEqual(halves);
});

test("takes no longer for many spaces", () => {
  const text = `a${" ".repeat(1e6)}b`;
  const started = performance.now();
  for (let i = 0; i < 10; i++) expect(assignment(text)).toBeNull();
  expect(performance.now() - started).toBeLessThan(5000);
});
