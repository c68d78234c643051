import type { Target } from "../hardware/target.js";

/**
 * The systolic array whose RTL is in this project: weights stay in the array while the pixels of a tile stream through
 * it.
 *
 * K unrolls over columns, C over rows. A tile lies in the scratchpad (inputs, weights) and the accumulator (sums) while
 * the next one is loaded into a second buffer of each: `scratchpadKb` and `accumulatorKb` are both buffers together,
 * and a tile may take one. The controller walks tiles (DRAM) in any order; within a tile the order is fixed. Tiles pack
 * by bytes and by columns, so that words of a tile are what it takes, whatever its shape.
 */
export const systolic: Target = {
  name: "systolic",
  description: "double-buffered weight-stationary systolic array, with RTL that can be measured",
  source:
    "targets/systolic/rtl of this project (SystemVerilog), after Kung, Why systolic architectures? (IEEE " +
    "Computer 1982): sizes, ports and loop " +
    "constraints are those of its modules, DRAM bandwidth that of its 64-bit memory port",
  sizes: [
    { name: "peDim", description: "rows and columns of the array", min: 2, max: 64, default: 16 },
    {
      name: "scratchpadKb",
      description: "scratchpad, inputs and weights, both buffers",
      min: 1,
      max: 1024,
      default: 64,
    },
    { name: "accumulatorKb", description: "accumulator, all columns, both buffers", min: 1, max: 1024, default: 64 },
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
      rowsPerInstance: "1024 * scratchpadKb / 2 / peDim",
      buffers: 2,
      // One read port each for activations and weights; loads come at the width of the memory port.
      bandwidthWordsPerCycle: { read: "2 * peDim", write: 8 },
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
      rowsPerInstance: "1024 * accumulatorKb / 2 / 4 / peDim",
      buffers: 2,
      // Each buffer has a read and a write port: the array updates one while a transfer uses the other.
      bandwidthWordsPerCycle: { read: 2, write: 2 },
      instances: "peDim",
      meshX: "peDim",
      space: { temporal: "all", order: ["P", "Q", "N", "C", "R", "S", "K"], spatialX: [], spatialY: ["C"] },
    },
    {
      name: "Registers",
      kind: "register",
      keeps: ["Weights"],
      wordBits: 8,
      blockSize: 1,
      rowsPerInstance: 1,
      buffers: 2,
      bandwidthWordsPerCycle: null,
      instances: "peDim^2",
      meshX: "peDim",
      space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
    },
  ],
  compute: { instances: "peDim^2", meshX: "peDim", macBits: 8 },
  energyTable: "dosa",
};
