import {
  clonePoint,
  conv,
  gemmini,
  makeMapspace,
  makeNestPoint,
  type NestPoint,
  seededRandom,
} from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { applies, apply, movesOf, undo } from "./moves.js";
import { randomTiling } from "./random-tiling.js";

const space = makeMapspace(gemmini, conv({ R: 3, S: 1, P: 4, Q: 6, C: 2, K: 2 }));
const key = (point: NestPoint) => point.nest.factor.join();

function products(point: NestPoint): number[] {
  return space.slotsOf.map((own) =>
    own.reduce((product, slot) => product * point.nest.factor[point.loopOf[slot]!]!, 1),
  );
}

describe("moves", () => {
  it("keep every dimension's product and whole factors, and can be taken back", () => {
    const source = seededRandom(1);
    const point = makeNestPoint(space);
    const moves = movesOf(point);
    for (let k = 0; k < 300; k++) {
      randomTiling(point, source);
      const before = clonePoint(point);
      const move = source.pick(moves);
      if (!applies(point, move)) continue;
      apply(point, move);
      expect(point.nest.factor.every(Number.isInteger)).toBe(true);
      expect(products(point)).toEqual([...space.shape.bounds]);
      expect(key(point)).not.toBe(key(before));
      undo(point, move);
      expect(point).toEqual(before);
    }
  });

  it("lead from one tiling to every other", () => {
    const start = makeNestPoint(space);
    const reached = new Map([[key(start), start]]);
    const moves = movesOf(start);
    for (const point of reached.values()) {
      for (const move of moves) {
        if (!applies(point, move)) continue;
        const next = clonePoint(point);
        apply(next, move);
        if (!reached.has(key(next))) reached.set(key(next), next);
      }
    }
    // R: 2 ways; P = 2^2 over 2 slots: 3; Q = 2 x 3: 2 x 2; C and K, with a spatial slot: 3 each.
    expect(reached.size).toBe(2 * 3 * 4 * 3 * 3);
  });
});
