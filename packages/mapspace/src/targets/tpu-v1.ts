import type { Target } from "../hardware/target.js";

/**
 * A machine like the first TPU: a square weight-stationary systolic array between a unified buffer of activations and a
 * bank of 32-bit accumulators per column.
 *
 * K unrolls over columns, C over rows. Weights stream from DRAM into the array past the unified buffer. Sums cannot
 * return from the unified buffer to the accumulators, so reductions (C, R, S) run at the accumulators; what is left of
 * them to DRAM stands for several passes whose results the host adds.
 */
export const tpuV1: Target = {
  name: "tpu-v1",
  description: "weight-stationary systolic array with a unified activation buffer and accumulators",
  source:
    "Jouppi et al., In-datacenter performance analysis of a tensor processing unit (ISCA 2017): 256 x 256 8-bit " +
    "MACs, 24 MiB unified buffer of " +
    "256-byte rows, 4 MiB of 32-bit accumulators (4096 a column), weight memory at 30 GiB/s, 700 MHz",
  sizes: [
    { name: "arrayDim", description: "rows and columns of the array", min: 2, max: 512, default: 256 },
    { name: "unifiedBufferKb", description: "unified buffer, inputs and outputs", min: 1, max: 65536, default: 24576 },
    { name: "accumulatorKb", description: "accumulators, all columns together", min: 1, max: 16384, default: 4096 },
  ],
  levels: [
    {
      name: "DRAM",
      kind: "dram",
      keeps: ["Weights", "Inputs", "Outputs"],
      wordBits: 8,
      blockSize: 64,
      rowsPerInstance: null,
      // 30 GiB/s at 700 MHz. The host's 14 GiB/s for activations are not a limit of their own here.
      bandwidthWordsPerCycle: { shared: 46 },
      gigabytesPerSecond: 32.2,
      instances: 1,
      meshX: 1,
      space: { temporal: "all", order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "UnifiedBuffer",
      kind: "scratchpad",
      keeps: ["Inputs", "Outputs"],
      wordBits: 8,
      blockSize: "arrayDim",
      rowsPerInstance: "1024 * unifiedBufferKb / arrayDim",
      // A row to the array and a row from the activation unit (167 GiB/s each at 256 columns and 700 MHz).
      bandwidthWordsPerCycle: { read: "arrayDim", write: "arrayDim" },
      instances: 1,
      meshX: 1,
      space: { temporal: ["P", "Q", "N", "K"], order: "any", spatialX: ["K"], spatialY: [] },
      apart: true,
      home: true,
    },
    {
      name: "Accumulators",
      kind: "accumulator",
      keeps: ["Outputs"],
      wordBits: 32,
      blockSize: 1,
      rowsPerInstance: "1024 * accumulatorKb / 4 / arrayDim",
      bandwidthWordsPerCycle: { shared: 2 },
      instances: "arrayDim",
      meshX: "arrayDim",
      space: {
        temporal: ["P", "Q", "N", "C", "R", "S", "K"],
        order: ["P", "Q", "N", "C", "R", "S", "K"],
        spatialX: [],
        spatialY: ["C"],
      },
    },
    {
      name: "WeightRegisters",
      kind: "register",
      keeps: ["Weights"],
      wordBits: 8,
      blockSize: 1,
      rowsPerInstance: 1,
      bandwidthWordsPerCycle: null,
      instances: "arrayDim^2",
      meshX: "arrayDim",
      space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
    },
  ],
  compute: { instances: "arrayDim^2", meshX: "arrayDim", macBits: 8 },
  clockMhz: 700,
  energyTable: "dosa",
};
