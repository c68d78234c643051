import {
  conv,
  emptyNeeds,
  factorizations,
  gemmini,
  type Mapspace,
  makeMapspace,
  matmul,
  type Needs,
  type Problem,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { smallNvdla } from "../../test/small-targets.js";
import { cosaMapping } from "./cosa-mapping.js";
import { cosaWeights, mappingProgram } from "./mapping-program.js";
import { solveProgram } from "./solve-program.js";

/** Slots' factors: every tiling of a mapspace. */
function* everyTiling({ slotsOf, shape, slots }: Mapspace): Generator<number[]> {
  const factors = slots.map(() => 1);
  function* fill(d: number): Generator<number[]> {
    if (d === slotsOf.length) return yield factors;
    for (const own of factorizations(shape.bounds[d]!, slotsOf[d]!.length)) {
      slotsOf[d]!.forEach((slot, k) => {
        factors[slot] = own[k]!;
      });
      yield* fill(d + 1);
    }
  }
  yield* fill(0);
}

/**
 * The program's cost of a tiling, straight from its definition; `Infinity` if the tiling is not one of the program's.
 */
function costOf(space: Mapspace, factors: readonly number[], available: Needs): number {
  const { target, slots, shape } = space;
  const { tensors } = shape.problem;
  const log = (which: (slot: number) => boolean) =>
    factors.reduce((total, factor, slot) => total + (which(slot) ? Math.log(factor) : 0), 0);
  const words = (l: number, t: number) =>
    tensors[t]!.ranks.reduce((product, rank) => {
      const length = rank.reduce((sum, [dim, coefficient]) => {
        const tile = Math.exp(log((slot) => slots[slot]!.level >= l && shape.dims[slots[slot]!.dim] === dim));
        return sum + coefficient * (Math.round(tile) - 1);
      }, 1);
      return product * length;
    }, 1);
  const moves = (t: number, slot: number) =>
    tensors[t]!.ranks.some((rank) => rank.some(([dim]) => dim === shape.dims[slots[slot]!.dim]));

  let held = 0;
  for (let l = 0; l < target.levels.length; l++) {
    for (const kind of ["X", "Y"] as const) {
      const fanOut = kind === "X" ? available.x[l]! : available.y[l]!;
      const unrolled = log((slot) => slots[slot]!.level === l && slots[slot]!.kind === kind);
      if (unrolled > Math.log(fanOut) + 1e-9) return Number.POSITIVE_INFINITY;
    }
    const capacity = available.words[l]!;
    if (!Number.isFinite(capacity)) continue;
    const own = tensors.flatMap(({ name }, t) => (target.levels[l]!.keeps.includes(name) ? [words(l, t)] : []));
    // Eighths: each tensor takes as many as it needs.
    const eighths =
      own.length === 1
        ? own[0]! / capacity
        : own.reduce((sum, one) => sum + Math.max(1, Math.ceil((8 * one) / capacity - 1e-9)), 0) / 8;
    if (eighths > 1) return Number.POSITIVE_INFINITY;
    held += own.reduce((sum, one) => sum + Math.log(one), 0);
  }
  // Every level of free order keeps one tensor in place: the choices are independent, so each takes its best.
  let saved = 0;
  let traffic = 0;
  for (let l = 0; l < target.levels.length; l++) {
    const temporal = (slot: number) => slots[slot]!.level === l && slots[slot]!.kind === "temporal";
    const savings = tensors.map(({ name }, t) => {
      const nearest = target.levels.findIndex((level, k) => k > 0 && level.keeps.includes(name));
      if (nearest <= l) return 0;
      if (l === 0) traffic += Math.log(words(nearest, t));
      traffic += log((slot) => slots[slot]!.level === l && moves(t, slot));
      if (space.freeOrder.includes(l)) {
        traffic += log((slot) => temporal(slot) && !moves(t, slot));
        return log((slot) => temporal(slot) && !moves(t, slot));
      }
      const first = slots.findIndex((_, slot) => temporal(slot) && moves(t, slot));
      traffic += log((slot) => temporal(slot) && !moves(t, slot) && slot > first && first >= 0);
      return 0;
    });
    saved += Math.max(...savings);
  }
  const compute = log((slot) => slots[slot]!.kind === "temporal");
  return cosaWeights.traffic * (traffic - saved) + cosaWeights.compute * compute - cosaWeights.utilization * held;
}

function needs(target: Target, words: readonly number[], x: readonly number[], y: readonly number[]): Needs {
  const out = emptyNeeds(target.levels.length);
  out.words.set(words);
  out.x.set(x);
  out.y.set(y);
  return out;
}

const unlimited = Number.POSITIVE_INFINITY;
const cases: [string, Target, Problem, Needs][] = [
  [
    "a matrix product",
    gemmini,
    matmul({ m: 12, n: 8, k: 6 }),
    needs(gemmini, [unlimited, 40, 8, 1], [1, 4, 1, 1], [1, 1, 4, 1]),
  ],
  [
    "a strided convolution",
    gemmini,
    conv({ R: 3, S: 1, P: 6, Q: 2, C: 4, K: 4, stride: [2, 1] }),
    needs(gemmini, [unlimited, 60, 6, 1], [1, 2, 1, 1], [1, 1, 4, 1]),
  ],
  [
    "two levels of free order",
    smallNvdla,
    conv({ R: 2, S: 1, P: 4, Q: 1, C: 4, K: 6 }),
    needs(smallNvdla, [unlimited, 48, 6, 1], [1, 3, 1, 1], [1, 1, 2, 1]),
  ],
];

describe("mappingProgram", () => {
  for (const [name, target, problem, available] of cases) {
    it(`finds what trying every tiling finds: ${name}`, async () => {
      const space = makeMapspace(target, problem);
      let least = Number.POSITIVE_INFINITY;
      let tilings = 0;
      for (const factors of everyTiling(space)) {
        tilings++;
        least = Math.min(least, costOf(space, factors, available));
      }
      expect(tilings).toBeGreaterThan(500);
      const { program, objective } = mappingProgram(space, available);
      const solution = (await solveProgram(program.text(objective), 0))!;
      expect(solution.cost + objective.constant).toBeCloseTo(least, 5);
    });

    it(`gives a mapping that fits and costs what the program says: ${name}`, async () => {
      const layer = analyticalModel(target).layer(problem);
      const point = (await cosaMapping(layer.space, available, 0))!;
      const needed = emptyNeeds(target.levels.length);
      layer.needs(point.nest, needed);
      for (const field of ["words", "x", "y"] as const) {
        needed[field].forEach((need, l) => {
          if (Number.isFinite(available[field][l]!) && (field !== "words" || l > 0))
            expect(need).toBeLessThanOrEqual(available[field][l]!);
        });
      }
      const factors = Array.from(point.loopOf, (loop) => point.nest.factor[loop]!);
      const { program, objective } = mappingProgram(layer.space, available);
      const solution = (await solveProgram(program.text(objective), 0))!;
      expect(costOf(layer.space, factors, available)).toBeCloseTo(solution.cost + objective.constant, 5);
    });
  }

  it("maps a layer of one operation, which leaves nothing to choose", async () => {
    const space = makeMapspace(gemmini, matmul({ m: 1, n: 1, k: 1 }));
    const point = await cosaMapping(space, needs(gemmini, [unlimited, 2, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]));
    expect(point?.nest.factor).toHaveLength(0);
  });

  it("has no solution where nothing fits", async () => {
    const space = makeMapspace(gemmini, matmul({ m: 4, n: 4, k: 4 }));
    expect(await cosaMapping(space, needs(gemmini, [unlimited, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]))).toBeNull();
  });
});
