import { expect, test } from "vitest";
import { loopNestLines } from "./loop-nest-text.js";

test("levels at the edge, loops one inside the other, unit loops left out", () => {
  const tile = (utilizedCapacity: number) => ({ utilizedCapacity });
  const lines = loopNestLines(
    [
      {
        level: "DRAM",
        temporal: [
          ["K", 4],
          ["C", 1],
        ],
        spatial: [],
        keeps: ["Weights", "Inputs"],
      },
      {
        level: "Buffer",
        temporal: [["P", 7]],
        spatial: [
          ["C", 16, "Y"],
          ["K", 8, "X"],
        ],
        keeps: ["Weights"],
      },
      { level: "Registers", temporal: [], spatial: [], keeps: [] },
    ],
    {
      DRAM: { tensors: { Weights: tile(4608), Inputs: tile(64) } },
      Buffer: { tensors: { Weights: tile(1152) } },
      Registers: { tensors: {} },
    },
  );
  expect(lines).toEqual([
    "DRAM: Weights 4,608, Inputs 64",
    "  for K in 4",
    "Buffer: Weights 1,152",
    "    for P in 7",
    "      for C in 16, all at once in rows",
    "        for K in 8, all at once in columns",
    "Registers: nothing",
  ]);
});
