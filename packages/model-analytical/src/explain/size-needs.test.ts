import { gemmini, type Mapping, matmul } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { analyticalModel } from "../model/analytical-model.js";
import { sizeNeeds } from "./size-needs.js";

/** m iterated in the accumulator, k over rows and outside, n over columns and outside. */
function mapping(m: number, rows: number, columns: number, k: number, n: number): Mapping {
  return [
    {
      level: "DRAM",
      temporal: [
        ["K", n / columns],
        ["C", k / rows],
      ],
      spatial: [],
      keeps: ["Weights", "Inputs", "Outputs"],
    },
    { level: "Scratchpad", temporal: [], spatial: [["K", columns, "X"]], keeps: ["Weights", "Inputs"] },
    { level: "Accumulator", temporal: [["P", m]], spatial: [["C", rows, "X"]], keeps: ["Outputs"] },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
}

describe("sizeNeeds", () => {
  it("says what every layer needs of every size, the others as they are", () => {
    const layers = [
      { problem: matmul({ m: 512, k: 64, n: 64 }), count: 1, mapping: mapping(512, 16, 8, 64, 64) },
      { problem: matmul({ m: 64, k: 64, n: 64 }), count: 3, mapping: mapping(64, 8, 8, 64, 64) },
    ];
    const hardware = { peDim: 32, scratchpadKb: 64, accumulatorKb: 128 };
    // Scratchpad: inputs m x rows and weights rows x columns, a byte each. Accumulator: m words of 4 bytes in each of
    // 32 banks.
    expect(sizeNeeds(analyticalModel(gemmini), layers, hardware)).toEqual([
      { size: "peDim", value: 32, needs: [16, 8] },
      { size: "scratchpadKb", value: 64, needs: [Math.ceil((512 * 16 + 16 * 8) / 1024), 1] },
      { size: "accumulatorKb", value: 128, needs: [(512 * 4 * 32) / 1024, (64 * 4 * 32) / 1024] },
    ]);
  });
});
