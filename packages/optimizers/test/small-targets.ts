import { gemmini, type LevelSpace, nvdlaSmall, type Target } from "@loopnest/mapspace";
import { builtInEnergyTable, type EnergyTable } from "@loopnest/model-analytical";

/**
 * Targets with few sizes, so small that all hardware and all mappings of a small layer can be gone through, and on
 * which every size matters: few words, narrow rows, energies that grow fast.
 */

const dosa = builtInEnergyTable("dosa");

/** Energy doubles every 32 bytes: sharing a memory costs, and the best size lies within its range. */
export const steepTable: EnergyTable = {
  ...dosa,
  name: "steep",
  vectorAccessPj(level, rows, widthBits, out) {
    const bytes = (rows * widthBits) / 8;
    out.value = level.kind === "dram" ? (20 * widthBits) / 16 : ((1 + bytes / 32) * widthBits) / 16;
    out.perLogRows = 0;
    out.perLogWidth = 0;
  },
};

function sized(target: Target, name: string, changes: Readonly<Record<string, object>>): Omit<Target, "sizes"> {
  return { ...target, name, levels: target.levels.map((level) => ({ ...level, ...changes[level.name] })) };
}

const DRAM = { blockSize: 4, bandwidthWordsPerCycle: { shared: 2 } };

export const smallGemmini: Target = {
  ...sized(gemmini, "small-gemmini", {
    DRAM,
    Scratchpad: { rowsPerInstance: "8 * scratchpad / peDim", bandwidthWordsPerCycle: { shared: "peDim" } },
    Accumulator: { rowsPerInstance: "6 * accumulator / peDim" },
  }),
  sizes: [
    { name: "peDim", description: "", min: 2, max: 4, default: 2 },
    { name: "scratchpad", description: "", min: 1, max: 6, default: 1 },
    { name: "accumulator", description: "", min: 1, max: 4, default: 1 },
  ],
};

/** One buffer in which everything may stand apart, above the MAC unit. */
export const oneBuffer: Target = {
  ...smallGemmini,
  name: "one-buffer",
  sizes: [{ name: "words", description: "", min: 1, max: 64, default: 8 }],
  levels: [
    { ...smallGemmini.levels[0]!, blockSize: 1 },
    {
      ...smallGemmini.levels[0]!,
      ...{ name: "Buffer", kind: "scratchpad", wordBits: 8, blockSize: 1, rowsPerInstance: "words" },
      ...{ bandwidthWordsPerCycle: { read: 2, write: 1 }, apart: true },
    },
  ],
  compute: { instances: 1, meshX: 1, macBits: 8 },
};

/** Two sizes shape the array, and a second level leaves its order free. */
export const smallNvdla: Target = {
  ...sized(nvdlaSmall, "small-nvdla", {
    DRAM,
    ConvolutionBuffer: {
      rowsPerInstance: "8 * buffer / atomicC",
      bandwidthWordsPerCycle: { read: "atomicC", write: "atomicC" },
      space: { temporal: ["P", "K", "R"], order: "any", spatialX: ["K"], spatialY: [] } satisfies LevelSpace,
    },
    Accumulator: {
      rowsPerInstance: "2 * sums",
      space: { temporal: ["P", "C"], order: ["P", "C"], spatialX: [], spatialY: ["C"] } satisfies LevelSpace,
    },
  }),
  sizes: [
    { name: "atomicK", description: "", min: 1, max: 3, default: 1 },
    { name: "atomicC", description: "", min: 1, max: 2, default: 1 },
    { name: "buffer", description: "", min: 1, max: 5, default: 1 },
    { name: "sums", description: "", min: 1, max: 3, default: 1 },
  ],
};

/** Rows of the filter unroll over rows of PEs and outputs over columns: neighbours hand inputs over. */
export const smallRows: Target = {
  name: "small-rows",
  description: "",
  source: "",
  sizes: [
    { name: "rows", description: "", min: 1, max: 2, default: 1 },
    { name: "columns", description: "", min: 1, max: 3, default: 1 },
    { name: "buffer", description: "", min: 1, max: 5, default: 1 },
    { name: "spad", description: "", min: 1, max: 4, default: 1 },
  ],
  levels: [
    {
      ...gemmini.levels[0]!,
      ...DRAM,
      space: { temporal: ["K", "C", "P"], order: "any", spatialX: [], spatialY: [] },
    },
    {
      name: "Buffer",
      kind: "scratchpad",
      keeps: ["Inputs", "Outputs"],
      wordBits: 8,
      blockSize: 2,
      rowsPerInstance: "4 * buffer",
      bandwidthWordsPerCycle: { read: 4, write: 4 },
      instances: 1,
      meshX: 1,
      space: { temporal: ["P"], order: "any", spatialX: ["P"], spatialY: ["R"] },
    },
    {
      name: "Spad",
      kind: "register",
      keeps: ["Weights", "Inputs", "Outputs"],
      wordBits: 8,
      blockSize: 1,
      rowsPerInstance: "3 * spad",
      bandwidthWordsPerCycle: { shared: 3 },
      instances: "rows * columns",
      meshX: "columns",
      space: { temporal: ["P", "K", "R"], order: ["P", "K", "R"], spatialX: [], spatialY: [] },
    },
  ],
  compute: { instances: "rows * columns", meshX: "columns", macBits: 8 },
  energyTable: "dosa",
};

/** Every hardware of a target, in the target's order of sizes. */
export function everyHardware({ sizes }: Target): number[][] {
  return sizes.reduce<number[][]>(
    (all, { min, max, step = 1 }) => {
      const values = Array.from({ length: max + 1 }, (_, i) => i).filter((i) => i >= min && i % step === 0);
      return all.flatMap((before) => values.map((value) => [...before, value]));
    },
    [[]],
  );
}
