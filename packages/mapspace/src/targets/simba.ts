import type { Target } from "../hardware/target.js";

/**
 * One chiplet of Simba: a mesh of PEs below a global buffer. A PE shares its input buffer among lanes; a lane has its
 * bank of the weight and accumulation buffers and a vector MAC, a dot product over C.
 *
 * K unrolls over PE columns and lanes, C over PE rows and the vector. Inside a PE the order of loops is fixed, with
 * weights held in registers while the output pixels of a tile pass (Q, P innermost). The lanes of a PE stand side by
 * side in X.
 */
export const simba: Target = {
  name: "simba",
  description: "one chiplet: PEs with vector MACs, per-PE input, weight and accumulation buffers, shared global buffer",
  source:
    "Shao et al., Simba (MICRO 2019): 4 x 4 PEs, 8 vector MACs of width 8, buffers of 8 KB (inputs), 32 KB " +
    "(weights) and 3 KB (24-bit sums) " +
    "a PE, 64 KB global; rows, ports, DRAM bandwidth and loop constraints as in simba-chip published with Timeloop",
  sizes: [
    { name: "peRows", description: "rows of PEs", min: 1, max: 16, default: 4 },
    { name: "peColumns", description: "columns of PEs", min: 1, max: 16, default: 4 },
    { name: "lanes", description: "vector MACs of a PE", min: 1, max: 64, default: 8 },
    { name: "vectorWidth", description: "products that a vector MAC sums", min: 1, max: 64, default: 8 },
    { name: "globalBufferKb", description: "global buffer, inputs and outputs", min: 1, max: 4096, default: 64 },
    { name: "inputBufferKb", description: "input buffer of a PE", min: 1, max: 1024, default: 8 },
    { name: "weightBufferKb", description: "weight buffer of a PE, all lanes", min: 1, max: 1024, default: 32 },
    { name: "accumulatorKb", description: "accumulation buffer of a PE, all lanes", min: 1, max: 1024, default: 3 },
  ],
  levels: [
    {
      name: "DRAM",
      kind: "dram",
      keeps: ["Weights", "Inputs", "Outputs"],
      wordBits: 8,
      blockSize: 64,
      rowsPerInstance: null,
      bandwidthWordsPerCycle: { shared: 20 },
      instances: 1,
      meshX: 1,
      space: { temporal: "all", order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "GlobalBuffer",
      kind: "scratchpad",
      keeps: ["Inputs", "Outputs"],
      wordBits: 8,
      blockSize: 32,
      rowsPerInstance: "1024 * globalBufferKb / 32",
      // Two ports of a row each.
      bandwidthWordsPerCycle: { shared: 64 },
      instances: 1,
      meshX: 1,
      space: { temporal: ["P", "Q"], order: "any", spatialX: ["K"], spatialY: ["C"] },
      apart: true,
      home: true,
    },
    {
      name: "InputBuffer",
      kind: "scratchpad",
      keeps: ["Inputs"],
      wordBits: 8,
      blockSize: "vectorWidth",
      rowsPerInstance: "1024 * inputBufferKb / vectorWidth",
      // Two ports: a vector to all lanes, and one to be filled.
      bandwidthWordsPerCycle: { read: "vectorWidth", write: "vectorWidth" },
      instances: "peRows * peColumns",
      meshX: "peColumns",
      space: { temporal: [], order: "any", spatialX: ["K"], spatialY: [] },
    },
    {
      name: "WeightBuffer",
      kind: "scratchpad",
      keeps: ["Weights"],
      wordBits: 8,
      blockSize: "vectorWidth",
      rowsPerInstance: "1024 * weightBufferKb / lanes / vectorWidth",
      bandwidthWordsPerCycle: { shared: "vectorWidth" },
      instances: "peRows * peColumns * lanes",
      meshX: "peColumns * lanes",
      space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "AccumulationBuffer",
      kind: "accumulator",
      keeps: ["Outputs"],
      wordBits: 24,
      blockSize: 1,
      rowsPerInstance: "1024 * accumulatorKb / 3 / lanes",
      bandwidthWordsPerCycle: { shared: 2 },
      instances: "peRows * peColumns * lanes",
      meshX: "peColumns * lanes",
      space: {
        temporal: ["Q", "P", "K", "C", "S", "R"],
        order: ["Q", "P", "K", "C", "S", "R"],
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
      instances: "peRows * peColumns * lanes * vectorWidth",
      meshX: "peColumns * lanes",
      space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
    },
  ],
  compute: { instances: "peRows * peColumns * lanes * vectorWidth", meshX: "peColumns * lanes", macBits: 8 },
  energyTable: "dosa",
};
