import { conv, LoopnestError, type Mapping, matmul } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { lower } from "./lower.js";
import { registers } from "./registers.js";

const problem = matmul({ m: 12, n: 8, k: 32 });
const mapping: Mapping = [
  {
    level: "DRAM",
    temporal: [
      ["C", 2],
      ["P", 3],
    ],
    spatial: [],
    keeps: ["Weights", "Inputs", "Outputs"],
  },
  { level: "Scratchpad", temporal: [], spatial: [["K", 8, "X"]], keeps: ["Weights", "Inputs"] },
  {
    level: "Accumulator",
    temporal: [
      ["C", 2],
      ["P", 4],
    ],
    spatial: [["C", 8, "Y"]],
    keeps: ["Outputs"],
  },
  { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
];
const hardware = { peDim: 8, scratchpadKb: 2, accumulatorKb: 1 };

const error = (run: () => unknown) => {
  try {
    run();
  } catch (caught) {
    if (caught instanceof LoopnestError) return caught.data;
    throw caught;
  }
  return undefined;
};

describe("lower", () => {
  it("puts the tiles' words side by side, twice", () => {
    const job = lower(problem, mapping, hardware);
    const value = new Map(job.registers);
    // Inputs: 4 rows of 16 channels. Weights: 16 channels of 8 columns.
    expect([0, 1].map((buffer) => value.get(registers.inputsBuffer + buffer))).toEqual([0, 64]);
    expect([0, 1].map((buffer) => value.get(registers.weightsBuffer + buffer))).toEqual([128, 256]);
    expect(job.needs).toEqual({ peDim: 8, scratchpadBytes: 2 * (64 + 128), accumulatorRows: 4 });
  });

  it("writes every register of the loops once", () => {
    const indices = lower(problem, mapping, hardware).registers.map(([index]) => index);
    expect(new Set(indices).size).toBe(indices.length);
    for (let index = registers.tileLoops; index < registers.sumsTransfer + 9; index++) expect(indices).toContain(index);
  });

  it("walks tiles as the mapping says: P inside C", () => {
    const value = new Map(lower(problem, mapping, hardware).registers);
    const slot = (s: number) => [0, 1, 2, 3].map((i) => value.get(registers.tileLoops + 4 * s + i));
    expect(slot(0)).toEqual([3, 4 * 32, 0, 4 * 8]);
    expect(slot(1)).toEqual([2, 16 - 2 * 4 * 32, 16 * 8, -2 * 4 * 8]);
    expect(value.get(registers.tileReduction)).toBe(0b10);
  });

  it("takes a tile that fills a buffer, and not a word more", () => {
    expect(lower(problem, mapping, { ...hardware, scratchpadKb: 1 }).needs.scratchpadBytes).toBe(384);
    const large = mapping.map((level, l) =>
      l === 0
        ? { ...level, temporal: [] }
        : l === 2
          ? { ...level, temporal: [["C", 4] as const, ["P", 12] as const] }
          : level,
    );
    // 12 x 32 + 32 x 8 words, of 512 in one buffer of 1 KB.
    expect(error(() => lower(problem, large, { ...hardware, scratchpadKb: 1 }))).toMatchObject({
      code: "capacity",
      level: "Scratchpad",
      needed: 640,
      available: 512,
    });
    expect(error(() => lower(problem, large, hardware))).toBeUndefined();
    expect(error(() => lower(problem, mapping, { ...hardware, peDim: 6 }))).toMatchObject({
      code: "fanout",
      available: 6,
    });
  });

  it("says why a mapping is not one of the machine's", () => {
    const moved = mapping.map((level, l) => (l === 3 ? { ...level, temporal: [["P", 1] as const] } : level));
    expect(error(() => lower(problem, moved, hardware))).toBeUndefined();
    const registersLoop = mapping.map((level, l) => {
      if (l === 2) return { ...level, temporal: [["C", 2] as const] };
      return l === 3 ? { ...level, temporal: [["P", 4] as const] } : level;
    });
    expect(error(() => lower(problem, registersLoop, hardware))).toMatchObject({
      code: "infeasible",
      level: "Registers",
    });
    const bypass = mapping.map((level, l) => (l === 1 ? { ...level, keeps: ["Inputs"] } : level));
    expect(error(() => lower(problem, bypass, hardware))).toMatchObject({
      code: "infeasible",
      path: "mapping[1].keeps",
    });
    expect(error(() => lower(problem, mapping.slice(1), hardware))).toMatchObject({ code: "input", path: "mapping" });
  });

  it("says why a problem is not one of the machine's", () => {
    const [weights, inputs, outputs] = conv({ R: 3, S: 3, P: 4, Q: 4, C: 4, K: 4, stride: 2 }).tensors;
    const dims = { R: 3, S: 3, P: 4, Q: 4, C: 4, K: 4 };
    const lowered = (tensors: typeof problem.tensors) =>
      error(() => lower({ name: "x", dims, tensors }, mapping, hardware));
    expect(lowered([weights!, outputs!])).toMatchObject({ code: "unsupported", path: "problem.tensors" });
    const split = { ...inputs!, ranks: inputs!.ranks.flatMap((rank) => rank.map((term) => [term])) };
    expect(lowered([weights!, split, outputs!])).toMatchObject({
      code: "unsupported",
      problem: "R and P have ranks of their own in Inputs",
    });
    const strided = { ...outputs!, ranks: outputs!.ranks.map((rank) => rank.map(([dim]) => [dim, 2] as const)) };
    expect(lowered([weights!, inputs!, strided])).toMatchObject({
      code: "unsupported",
      problem: "Outputs has a rank [2*N]",
    });
    expect(error(() => lower({ name: "x", dims: { X: 2 }, tensors: [] }, mapping, hardware))).toMatchObject({
      code: "unsupported",
      problem: "the machine has no dimension X",
    });
  });
});
