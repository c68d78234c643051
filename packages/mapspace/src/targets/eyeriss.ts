import type { Target } from "../hardware/target.js";

/**
 * Eyeriss: a row-stationary array of 12 x 14 PEs with three scratchpads each, below a global buffer.
 *
 * A PE convolves one filter row (S taps) with one input row, for several channels C and filters K: the sums of one
 * output column stay in its partial-sum scratchpad. Filter rows R (and further C, K) unroll over PE rows and are summed
 * upwards, output rows P (and further K) over PE columns. From the global buffer come further output columns, strips of
 * rows (which the published constraints leave to DRAM), images and filters. Weights pass it by. P and R are heights, Q
 * and S widths.
 */
export const eyeriss: Target = {
  name: "eyeriss",
  description: "row-stationary array with input, weight and partial-sum scratchpads in every PE",
  source:
    "Chen et al., Eyeriss (JSSC 2017): 12 x 14 PEs, 108 KB global buffer of 64-bit rows, spads of 12 (inputs), " +
    "224 (weights, SRAM) and " +
    "24 (sums) 16-bit words, 64-bit off-chip bus at 60 MHz beside a 200 MHz core; on-chip bandwidths and loop " +
    "constraints as in the " +
    "Eyeriss configurations published with Timeloop (Parashar et al., ISPASS 2019)",
  sizes: [
    { name: "peRows", description: "rows of PEs", min: 1, max: 64, default: 12 },
    { name: "peColumns", description: "columns of PEs", min: 1, max: 64, default: 14 },
    { name: "inputSpadWords", description: "input scratchpad of a PE", min: 1, max: 256, default: 12 },
    { name: "weightSpadWords", description: "weight scratchpad of a PE", min: 1, max: 4096, default: 224 },
    { name: "sumSpadWords", description: "partial-sum scratchpad of a PE", min: 1, max: 256, default: 24 },
    { name: "globalBufferKb", description: "global buffer, inputs and outputs", min: 1, max: 4096, default: 108 },
  ],
  levels: [
    {
      name: "DRAM",
      kind: "dram",
      keeps: ["Weights", "Inputs", "Outputs"],
      wordBits: 16,
      blockSize: 4,
      rowsPerInstance: null,
      // 4 words a link cycle, 60 MHz / 200 MHz link cycles a core cycle.
      bandwidthWordsPerCycle: { shared: 1.2 },
      gigabytesPerSecond: 0.48,
      instances: 1,
      meshX: 1,
      space: { temporal: "all", order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "GlobalBuffer",
      kind: "scratchpad",
      keeps: ["Inputs", "Outputs"],
      wordBits: 16,
      blockSize: 4,
      rowsPerInstance: "1024 * globalBufferKb / 8",
      bandwidthWordsPerCycle: { read: 16, write: 16 },
      instances: 1,
      meshX: 1,
      space: {
        temporal: ["Q", "P", "N", "K"],
        order: ["Q", "P", "N", "K"],
        spatialX: ["P", "K"],
        spatialY: ["R", "C", "K"],
      },
      apart: true,
      home: true,
    },
    {
      name: "InputSpad",
      kind: "register",
      keeps: ["Inputs"],
      wordBits: 16,
      blockSize: 1,
      rowsPerInstance: "inputSpadWords",
      bandwidthWordsPerCycle: { read: 2, write: 2 },
      instances: "peRows * peColumns",
      meshX: "peColumns",
      space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "WeightSpad",
      kind: "scratchpad",
      keeps: ["Weights"],
      wordBits: 16,
      blockSize: 1,
      rowsPerInstance: "weightSpadWords",
      bandwidthWordsPerCycle: { read: 2, write: 2 },
      instances: "peRows * peColumns",
      meshX: "peColumns",
      space: { temporal: ["C", "S"], order: ["C", "S"], spatialX: [], spatialY: [] },
    },
    {
      name: "SumSpad",
      kind: "register",
      keeps: ["Outputs"],
      wordBits: 16,
      blockSize: 1,
      rowsPerInstance: "sumSpadWords",
      bandwidthWordsPerCycle: { read: 2, write: 2 },
      instances: "peRows * peColumns",
      meshX: "peColumns",
      space: { temporal: ["K"], order: ["K"], spatialX: [], spatialY: [] },
    },
  ],
  compute: { instances: "peRows * peColumns", meshX: "peColumns", macBits: 16 },
  clockMhz: 200,
  energyTable: "dosa",
};
