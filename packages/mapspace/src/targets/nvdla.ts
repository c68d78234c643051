import type { Target } from "../hardware/target.js";

/** What tells one NVDLA from another. */
interface NvdlaConfiguration {
  readonly name: string;
  readonly specification: string;
  /** Kernels at once: MAC cells. */
  readonly atomicK: number;
  /** Channels at once: multipliers of a MAC cell, and bytes of a row of the convolution buffer. */
  readonly atomicC: number;
  readonly bufferKb: number;
  /** Sums that the assembly buffer holds for each MAC cell: 2 x atomicK (`CACC_ABUF_DEPTH`). */
  readonly sumWords: number;
  readonly memoryWordsPerCycle: number;
}

/**
 * NVDLA's convolution pipeline (direct convolution, int8): a convolution buffer feeds MAC cells, each with its own
 * kernel, that sum over channels into an assembly buffer of 34-bit sums.
 *
 * Loops as in the sequence controller, innermost first: a stripe of output pixels (Q, P) under one set of weights, then
 * the filter (S, R: block operation), then channels (C: channel operation), all in the accumulator; then further pixels
 * (group operation) and kernel groups from the convolution buffer. A stripe's length limits of 16 to 32 are not
 * modelled, and channels left to DRAM stand for a layer that software splits into several whose results are added.
 */
function nvdla(configuration: NvdlaConfiguration): Target {
  const { name, specification, atomicK, atomicC, bufferKb, sumWords, memoryWordsPerCycle } = configuration;
  return {
    name,
    description: `${atomicK} MAC cells of ${atomicC} int8 multipliers behind one convolution buffer`,
    source:
      `NVDLA hardware manual (nvdla.org), unit description and scalability parameters; ${specification} ` +
      `of github.com/nvdla/hw`,
    sizes: [
      { name: "atomicK", description: "MAC cells", min: 1, max: 128, default: atomicK },
      { name: "atomicC", description: "multipliers of a MAC cell", min: 1, max: 128, default: atomicC },
      { name: "bufferKb", description: "convolution buffer, inputs and weights", min: 1, max: 4096, default: bufferKb },
      { name: "sumWords", description: "assembly buffer, sums of a MAC cell", min: 1, max: 4096, default: sumWords },
    ],
    levels: [
      {
        name: "DRAM",
        kind: "dram",
        keeps: ["Weights", "Inputs", "Outputs"],
        wordBits: 8,
        blockSize: 64,
        rowsPerInstance: null,
        bandwidthWordsPerCycle: { shared: memoryWordsPerCycle },
        instances: 1,
        meshX: 1,
        space: { temporal: "all", order: "any", spatialX: [], spatialY: [] },
      },
      {
        name: "ConvolutionBuffer",
        kind: "scratchpad",
        keeps: ["Weights", "Inputs"],
        wordBits: 8,
        blockSize: "atomicC",
        rowsPerInstance: "1024 * bufferKb / atomicC",
        // A data and a weight port each way (the third read port is for compressed weights).
        bandwidthWordsPerCycle: { read: "2 * atomicC", write: "2 * atomicC" },
        instances: 1,
        meshX: 1,
        space: { temporal: ["Q", "P", "K"], order: ["Q", "P", "K"], spatialX: ["K"], spatialY: [] },
        apart: true,
        home: true,
      },
      {
        name: "Accumulator",
        kind: "accumulator",
        keeps: ["Outputs"],
        wordBits: 34,
        blockSize: 1,
        rowsPerInstance: "sumWords",
        bandwidthWordsPerCycle: { shared: 2 },
        instances: "atomicK",
        meshX: "atomicK",
        space: {
          temporal: ["Q", "P", "S", "R", "C"],
          order: ["Q", "P", "S", "R", "C"],
          spatialX: [],
          spatialY: ["C"],
        },
      },
      {
        name: "Registers",
        kind: "register",
        keeps: ["Weights"],
        wordBits: 8,
        blockSize: 1,
        rowsPerInstance: 1,
        bandwidthWordsPerCycle: null,
        instances: "atomicK * atomicC",
        meshX: "atomicK",
        space: { temporal: [], order: "any", spatialX: [], spatialY: [] },
      },
    ],
    compute: { instances: "atomicK * atomicC", meshX: "atomicK", macBits: 8 },
    energyTable: "dosa",
  };
}

/** nv_small: 64 MACs, 32 banks of 512 x 8 bytes, a 64-bit memory interface. */
export const nvdlaSmall: Target = nvdla({
  name: "nvdla-small",
  specification: "spec/defs/nv_small.spec",
  atomicK: 8,
  atomicC: 8,
  bufferKb: 128,
  sumWords: 16,
  memoryWordsPerCycle: 8,
});

/**
 * nv_large: 2048 MACs, 16 banks of 512 x 64 bytes, a 256-bit memory interface (its second one, to on-chip SRAM, is left
 * out).
 */
export const nvdlaLarge: Target = nvdla({
  name: "nvdla-large",
  specification: "spec/defs/nv_large.spec",
  atomicK: 32,
  atomicC: 64,
  bufferKb: 512,
  sumWords: 64,
  memoryWordsPerCycle: 32,
});
