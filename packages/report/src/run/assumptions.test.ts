import type { Architecture } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { assumptions } from "./assumptions.js";
import type { RunResult } from "./run-result.js";

const levels = [
  { name: "DRAM", wordBits: 8 },
  { name: "Buffer", wordBits: 16 },
] as unknown as Architecture["levels"];
const tensors = { Outputs: {} };
const run = {
  counts: "timeloop-2025",
  totals: { areaMm2: 2 },
  options: {},
  layers: [{ levels: { DRAM: { tensors }, Buffer: { tensors } } }],
} as unknown as RunResult;

/** What is said about a thing; nothing for none. */
function said(
  about: string,
  changes: Partial<Record<keyof RunResult, unknown>> = {},
  own = levels,
): string | undefined {
  const all = assumptions({ ...run, ...changes } as RunResult, { levels: own } as Architecture);
  expect(new Set(all.map((one) => one.about)).size).toBe(all.length);
  return all.find((one) => one.about === about)?.text;
}

it("names whose counting it is", () => {
  expect(said("counts")).toContain("March 2025");
  expect(said("counts", { counts: "timeloop-2022" })).toContain("July 2022");
});

it("says which padding loops may have", () => {
  expect(said("padding")).toBe("none: loops run the bounds of the layers");
  expect(said("padding", { mayPad: true })).toContain("the additional work is counted");
});

it("says whether operators without multiply-accumulates are in the figures", () => {
  expect(said("other operators")).toContain("they are not counted");
  expect(said("other operators", { dataMovement: [] })).toContain("cost their accesses to the outermost level");
});

it("tells that area is not known only where it is not", () => {
  expect(said("area")).toBeUndefined();
  expect(said("area", { totals: { areaMm2: 0 } })).toBe("unknown to the energy table");
});

it("names the levels whose wires or leakage are priced, and what of them is not", () => {
  expect(said("network energy")).toContain("not counted");
  expect(said("static energy")).toContain("not counted");
  const priced = [
    { ...levels[0]!, network: { hopEnergyPj: 1 } },
    { ...levels[1]!, leakPjPerCycle: 2 },
  ];
  expect(said("network energy", {}, priced)).toMatch(/^of the wires below DRAM, .*; other wires and spatial sums/);
  expect(said("static energy", {}, priced)).toMatch(/^of Buffer: /);
  expect(said("static energy", { dataMovement: [] }, priced)).toMatch(/of DRAM alone$/);
});

it("says how wide elements are, where a workload says so", () => {
  expect(said("precision")).toBe(
    "an element of a tensor takes one word of a level, whatever its width: bits DRAM 8, Buffer 16",
  );
  const layers = [
    {
      levels: {
        DRAM: { tensors: { Outputs: { width: { bits: 32, finishedBits: 8 } }, Inputs: {} } },
        Buffer: { tensors: { Outputs: { width: { bits: 32 } } } },
      },
    },
  ];
  expect(said("precision", { layers })).toMatch(
    /^bits of an element: Outputs 8 finished, 32 unfinished in DRAM, 32 in Buffer; /,
  );
});

it("tells of a learned model and of tensors that stand apart", () => {
  expect(said("latency searched")).toBeUndefined();
  expect(said("latency searched", { learned: { model: "gemmini-rtl" } })).toBe("that of the learned model gemmini-rtl");
  expect(said("placement", { options: { placement: "uneven" } })).toContain("mapped evenly");
});
