import { expect, test } from "vitest";
import { differences } from "./differences.js";

test("paths of everything that differs", () => {
  const stored = { a: [1, { b: 2 }], c: "x", gone: true };
  const computed = { a: [1, { b: 3 }], c: "x", fresh: null };
  expect(differences(stored, computed)).toEqual([
    { path: "a[1].b", stored: 2, computed: 3 },
    { path: "fresh", stored: undefined, computed: null },
    { path: "gone", stored: true, computed: undefined },
  ]);
});

test("whole numbers must be equal, others but for rounding", () => {
  expect(differences(1e15, 1e15 + 1, "n")).toHaveLength(1);
  expect(differences(0.1 + 0.2, 0.3, "x")).toEqual([]);
  expect(differences(0.3, 0.3000000001, "x")).toHaveLength(1);
  expect(differences([], {}, "x")).toHaveLength(1);
});
