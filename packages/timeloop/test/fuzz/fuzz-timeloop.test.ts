import { expect, it } from "vitest";
import { fuzzTimeloop } from "./fuzz-timeloop.js";

it("damaged files end in a machine and a problem or in a clear error", () => {
  expect(fuzzTimeloop(100, 1)).toEqual([]);
});
