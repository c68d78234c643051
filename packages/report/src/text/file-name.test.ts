import fc from "fast-check";
import { expect, test } from "vitest";
import { fileName } from "./file-name.js";

test.each([
  ["resnet50", "resnet50"],
  ["a b/c", "a-b-c"],
  ["v1.5", "v1.5"],
  ["..", "--"],
  ["../up", "---up"],
  [".hidden", "-hidden"],
  ["", "-"],
  ["NUL", "-NUL"],
  ["con.v2", "-con.v2"],
])("%j is called %s", (name, called) => {
  expect(fileName(name)).toBe(called);
});

test("no name leads out of its folder", () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(fileName(name)).toMatch(/^[\w-][\w.-]*$/);
    }),
  );
});
