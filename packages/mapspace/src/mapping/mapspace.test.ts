import { describe, expect, it } from "vitest";
import { LoopnestError } from "../errors/loopnest-error.js";
import type { Target } from "../hardware/target.js";
import { factorizationCount, factorizations } from "../numbers/factorizations.js";
import { conv } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import type { Problem } from "../problem/problem.js";
import { builtInTarget, gemmini, targetNames } from "../targets/index.js";
import { makeMapspace } from "./mapspace.js";

const layer = conv({ R: 3, S: 1, P: 8, Q: 6, C: 16, K: 4 });

function errorOf(build: () => unknown): LoopnestError {
  try {
    build();
  } catch (error) {
    if (error instanceof LoopnestError) return error;
  }
  throw new Error("built");
}

describe("mapspace", () => {
  it("has a slot wherever the target lets a dimension iterate, innermost level first", () => {
    const { shape, slots } = makeMapspace(gemmini, layer);
    const names = slots.map(({ level, kind, dim }) => `${gemmini.levels[level]!.name} ${kind} ${shape.dims[dim]}`);
    expect(names).toEqual([
      "Accumulator X C",
      ...["P", "Q", "C", "R", "K"].map((dim) => `Accumulator temporal ${dim}`),
      "Scratchpad X K",
      ...["R", "P", "Q", "C", "K"].map((dim) => `DRAM temporal ${dim}`),
    ]);
  });

  it("leaves dimensions of bound 1 out of the shape, not out of the problem", () => {
    const space = makeMapspace(gemmini, layer);
    expect(space.shape.dims).toEqual(["R", "P", "Q", "C", "K"]);
    expect(space.problem).toBe(layer);
  });

  it("starts from all bounds at the outermost slots", () => {
    const space = makeMapspace(gemmini, layer);
    const nest = space.nest();
    expect([...nest.factor]).toEqual([1, 1, 1, 1, 1, 1, 1, 3, 8, 6, 16, 4]);
    nest.factor.fill(1);
    expect(space.nest().factor).not.toEqual(nest.factor);
  });

  it("says which levels may be reordered: those with two loops and no fixed order", () => {
    expect(makeMapspace(gemmini, layer).freeOrder).toEqual([0]);
    expect(makeMapspace(gemmini, conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 64 })).freeOrder).toEqual([]);
    expect(makeMapspace(builtInTarget("simba"), layer).freeOrder).toEqual([0, 1]);
  });

  it("puts dimensions that a fixed order does not name outermost", () => {
    const levels = gemmini.levels.map((level) =>
      level.name === "Accumulator" ? { ...level, space: { ...level.space, order: ["K", "P"] } } : level,
    );
    const { slots, shape } = makeMapspace({ ...gemmini, levels }, layer);
    const own = slots.filter(({ level, kind }) => level === 2 && kind === "temporal");
    expect(own.map(({ dim }) => shape.dims[dim])).toEqual(["K", "P", "R", "Q", "C"]);
  });

  it("lists for every dimension of every target its slots, and its nest has one loop for each", () => {
    for (const name of targetNames) {
      for (const problem of [layer, matmul({ m: 12, n: 8, k: 30, batch: 2 })]) {
        const space = makeMapspace(builtInTarget(name), problem);
        expect(space.slotsOf.flat().sort((a, b) => a - b)).toEqual(space.slots.map((_, i) => i));
        space.slotsOf.forEach((own, d) => {
          for (const slot of own) expect(space.slots[slot]!.dim).toBe(d);
        });
        const nest = space.nest();
        expect([...nest.dim]).toEqual(space.slots.map(({ dim }) => dim));
        space.slots.forEach(({ level, kind }, i) => {
          const [from, to] = {
            X: [nest.start[level]!, nest.startY[level]!],
            Y: [nest.startY[level]!, nest.startTemporal[level]!],
            temporal: [nest.startTemporal[level]!, nest.end[level]!],
          }[kind];
          expect(from! <= i && i < to!).toBe(true);
        });
      }
    }
  });

  it("holds as many tilings as the counts of its dimensions multiply to", () => {
    const space = makeMapspace(gemmini, layer);
    const listed = space.slotsOf.map((own, d) => factorizations(space.shape.bounds[d]!, own.length).length);
    // R, P, Q: at 2 levels; K: at 2 and in X; C: at 2 and in X.
    expect(listed).toEqual([2, 4, 4, 15, 6]);
    const counted = space.slotsOf.map((own, d) => factorizationCount(space.shape.bounds[d]!, own.length));
    expect(counted.map(Number)).toEqual(listed);
  });
});

describe("a mapspace that cannot be", () => {
  it("names a dimension that no level iterates", () => {
    const levels = gemmini.levels.map((level) => ({ ...level, space: { ...level.space, temporal: ["P", "K", "C"] } }));
    const { data } = errorOf(() => makeMapspace({ ...gemmini, levels } as Target, layer));
    expect(data).toMatchObject({ code: "infeasible", path: "problem.dims.R", dim: "R" });
  });

  it("names a tensor that no level keeps", () => {
    const problem: Problem = {
      ...layer,
      tensors: layer.tensors.map((tensor) => (tensor.name === "Inputs" ? { ...tensor, name: "Pixels" } : tensor)),
    };
    const { data } = errorOf(() => makeMapspace(gemmini, problem));
    expect(data).toMatchObject({ code: "unsupported", tensor: "Pixels" });
    expect(data.fix).toContain("Weights, Inputs, Outputs");
  });
});
