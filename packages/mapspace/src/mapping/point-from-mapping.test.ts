import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LoopnestError } from "../errors/loopnest-error.js";
import { factorizations } from "../numbers/factorizations.js";
import { conv } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import { builtInTarget, gemmini, targetNames } from "../targets/index.js";
import type { Mapping } from "./mapping.js";
import { type Mapspace, makeMapspace } from "./mapspace.js";
import { unflatten } from "./nest.js";
import { currentOrder, makeNestPoint, type NestPoint, reorder } from "./nest-point.js";
import { pointFromMapping } from "./point-from-mapping.js";

const problems = [
  conv({ R: 3, S: 3, P: 12, Q: 14, C: 6, K: 8, N: 2 }),
  conv({ R: 5, S: 1, P: 12, Q: 1, C: 1, K: 1, G: 4 }),
  matmul({ m: 12, n: 30, k: 16, batch: 2 }),
];
const levelNames = (space: Mapspace) => space.target.levels.map((level) => level.name);
const mappingOf = (point: NestPoint) => unflatten(point.space.shape, levelNames(point.space), point.nest);

/** The tiling and the loop orders that a list of numbers stands for. */
function pointOf(space: Mapspace, numbers: readonly number[]): NestPoint {
  const point = makeNestPoint(space);
  let next = 0;
  const below = (bound: number) => numbers[next++ % numbers.length]! % bound;
  space.slotsOf.forEach((own, d) => {
    const choices = factorizations(space.shape.bounds[d]!, own.length);
    const factors = choices[below(choices.length)]!;
    own.forEach((slot, k) => {
      point.nest.factor[slot] = factors[k]!;
    });
  });
  for (const level of space.freeOrder) {
    const order = [...currentOrder(point, level)];
    for (let k = order.length - 1; k > 0; k--) {
      const j = below(k + 1);
      [order[k], order[j]] = [order[j]!, order[k]!];
    }
    reorder(point, level, order);
  }
  return point;
}

describe("pointFromMapping", () => {
  for (const name of targetNames) {
    it(`is the way back from unflatten, for any point of ${name}`, () => {
      const spaces = problems.map((problem) => makeMapspace(builtInTarget(name), problem));
      fc.assert(
        fc.property(
          fc.constantFrom(...spaces),
          fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
          (space, numbers) => {
            const point = pointOf(space, numbers);
            const back = pointFromMapping(space, mappingOf(point));
            expect(mappingOf(back)).toEqual(mappingOf(point));
            for (let slot = 0; slot < space.slots.length; slot++) {
              expect(back.nest.factor[back.loopOf[slot]!]).toBe(point.nest.factor[point.loopOf[slot]!]);
            }
            expect(back.nest.keeps).toEqual(point.nest.keeps);
          },
        ),
        { numRuns: 40 },
      );
    });
  }

  it("takes unit loops, dimensions of bound 1, and loops of one level in any order that changes nothing", () => {
    const space = makeMapspace(gemmini, problems[0]!);
    const point = pointOf(space, [3, 1, 4, 1, 5, 9, 2, 6]);
    const padded = mappingOf(point).map((level) => ({ ...level, temporal: [["G", 1] as const, ...level.temporal] }));
    expect(mappingOf(pointFromMapping(space, padded))).toEqual(mappingOf(point));
  });
});

describe("what no point of the mapspace is", () => {
  const space = makeMapspace(gemmini, matmul({ m: 4, n: 6, k: 8 }));
  const all = ["Weights", "Inputs", "Outputs"];
  const mapping: Mapping = [
    { level: "DRAM", temporal: [["C", 8]], spatial: [], keeps: all },
    { level: "Scratchpad", temporal: [], spatial: [["K", 6, "X"]], keeps: ["Weights", "Inputs"] },
    { level: "Accumulator", temporal: [["P", 4]], spatial: [], keeps: ["Outputs"] },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
  const change = (l: number, to: Partial<Mapping[number]>) =>
    mapping.map((level, i) => (i === l ? { ...level, ...to } : level));

  it("is a sound test: the mapping itself is one", () => {
    expect(mappingOf(pointFromMapping(space, mapping))).toEqual(mapping);
  });

  it.each<[string, Mapping, object]>([
    ["another target's levels", change(1, { level: "Buffer" }), { code: "input", path: "mapping[1].level" }],
    ["too few levels", mapping.slice(0, 3), { code: "input", path: "mapping" }],
    ["a level that lets a tensor pass", change(0, { keeps: ["Weights", "Inputs"] }), { path: "mapping[0].keeps" }],
    [
      "a temporal loop where there is none",
      change(1, { temporal: [["C", 2]] }),
      { code: "infeasible", path: "mapping[1].temporal[0]", level: "Scratchpad", dim: "C" },
    ],
    [
      "the wrong axis",
      change(1, { spatial: [["K", 6, "Y"]] }),
      { code: "infeasible", path: "mapping[1].spatial[0]", dim: "K" },
    ],
    [
      "another order than the fixed one",
      change(2, {
        temporal: [
          ["P", 4],
          ["K", 6],
        ],
        spatial: [],
      }).map((level, l) => (l === 1 ? { ...level, spatial: [] } : level)),
      { code: "infeasible", path: "mapping[2].temporal" },
    ],
    [
      "factors that miss the bound",
      change(0, { temporal: [["C", 4]] }),
      { code: "factors", dim: "C", needed: 8, available: 4 },
    ],
  ])("refuses %s", (_, wrong, data) => {
    expect(() => pointFromMapping(space, wrong)).toThrowError(LoopnestError);
    expect(() => pointFromMapping(space, wrong)).toThrowError(
      expect.objectContaining({ data: expect.objectContaining(data) }),
    );
  });
});
