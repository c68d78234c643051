import { expect, test } from "vitest";
import { barText } from "./layer-bars.js";

test("bars are true to an eighth of a character", () => {
  expect([0, 0.125, 0.5, 1, 2.75, 3.99].map(barText)).toEqual(["", "▏", "▌", "█", "██▊", "████"]);
});
