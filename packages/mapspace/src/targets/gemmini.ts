import type { Target } from "../hardware/target.js";

/**
 * DOSA's "Gemmini-TL": a square weight-stationary array with a shared scratchpad and one accumulator bank per column.
 *
 * K unrolls over columns, C over rows. Registers hold one weight per PE; loops run at the accumulator in the order that
 * the hardware's sequencer has, and at DRAM in any order.
 */
export const gemmini: Target = {
  name: "gemmini",
  description: "weight-stationary systolic array with scratchpad and accumulator",
  source: "DOSA (MICRO 2023), Gemmini-TL; Genc et al., Gemmini (DAC 2021)",
  sizes: [
    { name: "peDim", description: "rows and columns of the array", min: 2, max: 128, default: 16 },
    {
      name: "scratchpadKb",
      description: "scratchpad, inputs and weights",
      min: 1,
      max: 4096,
      drawnUpTo: 2048,
      default: 256,
    },
    {
      name: "accumulatorKb",
      description: "accumulator, all columns together",
      min: 1,
      max: 4096,
      drawnUpTo: 2048,
      default: 64,
    },
  ],
  levels: [
    {
      name: "DRAM",
      kind: "dram",
      keeps: ["Weights", "Inputs", "Outputs"],
      wordBits: 8,
      blockSize: 64,
      rowsPerInstance: null,
      bandwidthWordsPerCycle: { shared: 8 },
      instances: 1,
      meshX: 1,
      space: { temporal: "all", order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "Scratchpad",
      kind: "scratchpad",
      keeps: ["Weights", "Inputs"],
      wordBits: 8,
      blockSize: "peDim",
      rowsPerInstance: "1024 * scratchpadKb / peDim",
      bandwidthWordsPerCycle: { shared: "2 * peDim" },
      instances: 1,
      meshX: 1,
      space: { temporal: [], order: "any", spatialX: ["K"], spatialY: [] },
      apart: true,
      home: true,
    },
    {
      name: "Accumulator",
      kind: "accumulator",
      keeps: ["Outputs"],
      wordBits: 32,
      blockSize: 1,
      rowsPerInstance: "1024 * accumulatorKb / 4 / peDim",
      bandwidthWordsPerCycle: { shared: 2 },
      instances: "peDim",
      meshX: "peDim",
      space: { temporal: "all", order: ["P", "Q", "N", "C", "R", "S", "K"], spatialX: ["C"], spatialY: [] },
    },
    {
      name: "Registers",
      kind: "register",
      keeps: ["Weights"],
      wordBits: 8,
      blockSize: 1,
      rowsPerInstance: 1,
      bandwidthWordsPerCycle: null,
      instances: "peDim^2",
      meshX: "peDim^2",
      space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
    },
  ],
  compute: { instances: "peDim^2", meshX: "peDim^2", macBits: 8 },
  energyTable: "dosa",
};
