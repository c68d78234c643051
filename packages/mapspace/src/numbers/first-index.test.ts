import { expect, it } from "vitest";
import { firstIndex } from "./first-index.js";

it("finds where something begins to be true, as looking at every index does", () => {
  for (let count = 0; count < 20; count++) {
    for (let from = 0; from <= count; from++) {
      expect(firstIndex(count, (i) => i >= from)).toBe(from);
    }
  }
});

it("asks only about indices that there are", () => {
  const asked: number[] = [];
  firstIndex(5, (i) => {
    asked.push(i);
    return false;
  });
  expect(asked.every((i) => i >= 0 && i < 5)).toBe(true);
});
