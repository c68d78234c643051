import { expect, test } from "vitest";
import { shortened } from "../text/shortened.js";
import { layerAxis } from "./layer-axis.js";

test("names are cut in their middle, to what there is room for", () => {
  expect(shortened("query-key-value", 15)).toBe("query-key-value");
  expect(shortened("query-key-value", 9)).toBe("quer…alue");
  const { frame } = layerAxis(["a".repeat(100)], 350);
  expect(frame.marginLeft).toBeLessThan(200);
  expect(frame.y.tickFormat("a".repeat(100)).length).toBeLessThan(25);
});

test("equal names are told apart by their place", () => {
  expect(layerAxis(["a", "b", "a"], 860).labels).toEqual(["1 a", "2 b", "3 a"]);
});
