import { expect, test } from "vitest";
import { loopLine } from "./loop-line.js";

test("loops from the outside in, levels without loops left out", () => {
  const keeps = ["Weights"];
  const mapping = [
    {
      level: "DRAM",
      temporal: [
        ["K", 4],
        ["P", 7],
      ],
      spatial: [],
      keeps,
    },
    { level: "Scratchpad", temporal: [], spatial: [["K", 16, "X"]], keeps },
    {
      level: "Accumulator",
      temporal: [["Q", 14]],
      spatial: [
        ["C", 8, "Y"],
        ["K", 2, "X"],
      ],
      keeps,
    },
    { level: "Registers", temporal: [], spatial: [], keeps },
  ] as const;
  expect(loopLine(mapping)).toBe("DRAM K4 P7 | Scratchpad K16x | Accumulator Q14 C8y K2x");
});
