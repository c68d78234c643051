import {
  type CostAccount,
  conv,
  countsNames,
  divisors,
  emptyMachine,
  emptyNeeds,
  gemmini,
  type LayerModel,
  type LoopNest,
  nvdlaSmall,
  type Problem,
  simba,
  type Target,
} from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyticalLayer } from "../model/analytical-layer.js";

/**
 * Two levels with free order and inputs kept at three, so that orders of windows matter at several boundaries at once.
 */
const twoFreeLevels: Target = {
  ...gemmini,
  name: "two-free-levels",
  levels: gemmini.levels.map((level) => {
    const all = { temporal: "all", order: "any", spatialX: [], spatialY: [] } as const;
    if (level.name === "Scratchpad") return { ...level, space: all };
    if (level.name === "Accumulator") {
      return { ...level, keeps: ["Inputs", "Outputs"], space: { ...level.space, temporal: ["P", "R", "C"] } };
    }
    return level;
  }),
};

/** Even bounds and strides, so that steps often coincide (R4 d). */
const problems = fc
  .record({
    P: fc.constantFrom(1, 2, 4, 8),
    Q: fc.constantFrom(1, 2, 3),
    R: fc.constantFrom(1, 2, 3, 4),
    S: fc.constantFrom(1, 2),
    C: fc.constantFrom(1, 2, 4),
    K: fc.constantFrom(1, 2, 4),
    N: fc.constantFrom(1, 2),
    stride: fc.constantFrom(1, 2),
    dilation: fc.constantFrom(1, 2),
  })
  .map(conv);

/** A random way to write every bound as a product over its slots. */
function split(layer: LayerModel, choices: readonly number[]): LoopNest {
  const { space } = layer;
  const nest = space.nest();
  let next = 0;
  space.slotsOf.forEach((own, d) => {
    let left = space.shape.bounds[d]!;
    own.forEach((slot, i) => {
      const options = divisors(left);
      const factor = i === own.length - 1 ? left : options[choices[next++ % choices.length]! % options.length]!;
      nest.factor[slot] = factor;
      left /= factor;
    });
  });
  return nest;
}

const machine = emptyMachine(8);

function counts(account: CostAccount, nest: LoopNest): number[] {
  account.count(nest, machine);
  const { reads, updates, fills } = account.traffic;
  return [...reads, ...updates, ...fills];
}

/** Counts of all orders of the free levels, one by one. */
function allOrders(layer: LayerModel, nest: LoopNest): number[][] {
  const needs = emptyNeeds(nest.levelCount);
  const found: number[][] = [];
  const permute = (levels: readonly number[], from: number): void => {
    const [level, ...others] = levels;
    if (level === undefined) {
      layer.needs(nest, needs);
      found.push(counts(layer.account!, nest));
      return;
    }
    const start = nest.startTemporal[level]!;
    if (start + from >= nest.end[level]!) permute(others, 0);
    for (let i = start + from; i < nest.end[level]!; i++) {
      swap(nest, i, start + from);
      permute(levels, from + 1);
      swap(nest, i, start + from);
    }
  };
  permute(layer.space.freeOrder, 0);
  return found;
}

function swap(nest: LoopNest, i: number, j: number): void {
  for (const list of [nest.dim, nest.factor]) [list[i], list[j]] = [list[j]!, list[i]!];
}

/** Loops of all free levels, with those of factor 1: so many are permuted. */
function freeLoops(layer: LayerModel): number {
  const { slots, freeOrder } = layer.space;
  return slots.filter((slot) => slot.kind === "temporal" && freeOrder.includes(slot.level)).length;
}

function sufficientCounts(layer: LayerModel, nest: LoopNest): number[][] {
  const before = [...nest.dim, ...nest.factor];
  const found: number[][] = [];
  layer.needs(nest, emptyNeeds(nest.levelCount));
  layer.account!.forSufficientOrders(nest, () => found.push(counts(layer.account!, nest)));
  expect([...nest.dim, ...nest.factor]).toEqual(before);
  return found;
}

function expectSufficient(layer: LayerModel, nest: LoopNest): void {
  const sufficient = sufficientCounts(layer, nest);
  for (const other of allOrders(layer, nest)) {
    const beaten = sufficient.some((mine) => mine.every((count, i) => count <= other[i]!));
    if (!beaten) expect.fail(`no order of ${JSON.stringify(sufficient)} is as good as ${JSON.stringify(other)}`);
  }
}

describe.each(countsNames)("sufficient orders, counts %s", (counting) => {
  for (const [target, runs] of [
    [gemmini, 50],
    [nvdlaSmall, 30],
    [twoFreeLevels, 50],
  ] as const) {
    it(`of ${target.name} hold one at least as good as any other, in every count`, () => {
      fc.assert(
        fc.property(problems, fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }), (problem: Problem, choices) => {
          const layer = analyticalLayer(target, problem, counting);
          if (layer.space.freeOrder.length === 0) return;
          expect(layer.account!.meshDependent).toBe(false);
          const nest = split(layer, choices);
          fc.pre(freeLoops(layer) <= 7);
          expectSufficient(layer, nest);
        }),
        { numRuns: runs },
      );
    });
  }

  it("leave no loop out once a window has moved: a later step may coincide with the first", () => {
    const layer = analyticalLayer(
      nvdlaSmall,
      conv({ R: 2, S: 3, P: 4, Q: 2, C: 2, K: 1, stride: 2, dilation: 2 }),
      counting,
    );
    expectSufficient(layer, split(layer, [0, 2, 7, 4, 0, 1, 10, 8, 4, 11, 10, 6]));
  });

  it("are few where nothing coincides: one per tensor that can stay", () => {
    const layer = analyticalLayer(gemmini, conv({ R: 3, S: 3, P: 50, Q: 50, C: 5, K: 5, N: 5 }), counting);
    const nest = layer.space.nest();
    for (const d of ["P", "Q"].map((dim) => layer.space.shape.dims.indexOf(dim))) {
      const [inner, outer] = layer.space.slotsOf[d]!;
      nest.factor[inner!] = 5;
      nest.factor[outer!] = 10;
    }
    // P or Q innermost (weights stay), R or S (outputs stay), or K (inputs stay); C and N never pay.
    expect(sufficientCounts(layer, nest)).toHaveLength(3);
  });

  it("are all orders where neighbours hand tiles over", () => {
    const layer = analyticalLayer(simba, conv({ R: 2, S: 1, P: 2, Q: 1, C: 1, K: 2 }), "timeloop-2022");
    expect(layer.account!.meshDependent).toBe(true);
    expect(sufficientCounts(layer, layer.space.nest())).toHaveLength(6);
  });
});
