import { describe, expect, it } from "vitest";
import { gemmini } from "../targets/gemmini.js";
import { compileTarget, type Target } from "./target.js";

const level = (l: number, changes: object): Target => ({
  ...gemmini,
  levels: gemmini.levels.map((own, i) => (i === l ? { ...own, ...changes } : own)),
});

describe("meshes of a target", () => {
  it.each([
    ["a part of an instance", level(1, { instances: 1e-7 }), /^levels\[1\]\.instances: there are 1e-7 instances of /],
    [
      "instances that some sizes split",
      level(2, { instances: "peDim / 3" }),
      /instances of \w+ at peDim \d+; give a whole/,
    ],
    ["half a column", level(1, { meshX: 0.5 }), /^levels\[1\]\.meshX: there are 0\.5 columns of /],
    [
      "fewer units than the level above them has instances",
      {
        ...level(gemmini.levels.length - 1, { instances: 256, meshX: 16 }),
        compute: { instances: 200, meshX: 16, macBits: 8 },
      },
      /below 256 of .*; give a whole multiple of the instances of /,
    ],
    ["no number", level(1, { instances: Number.NaN }), /^levels\[1\]\.instances: is NaN; give a number from 1e-30/],
    [
      "a bandwidth of nearly nothing",
      level(0, { bandwidthWordsPerCycle: { shared: 5e-324 } }),
      /is 5e-324; give a number/,
    ],
    ["a division by 0", level(0, { blockSize: "64 / 0" }), /the numbers in "64 \/ 0" make Infinity/],
  ])("may not have %s", (_, target, message) => {
    expect(() => compileTarget(target)).toThrow(message);
  });
});
