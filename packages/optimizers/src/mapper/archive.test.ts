import { conv, emptyNeeds, gemmini, makeMapspace, makeNestPoint, type Needs, seededRandom } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { covers, makeArchive } from "./archive.js";

const point = makeNestPoint(makeMapspace(gemmini, conv({ R: 1, S: 1, P: 4, Q: 4, C: 4, K: 4 })));

function needs(words: number, x = 1): Needs {
  const out = emptyNeeds(1);
  out.words[0] = words;
  out.x[0] = x;
  return out;
}

describe("archive", () => {
  it("remembers what is better in cost or in a need than every other, and forgets what is not", () => {
    const { add, entries } = makeArchive(10);
    const costs = () => entries.map(({ cost }) => cost).sort((a, b) => a - b);
    add(point, needs(100), 5);
    add(point, needs(100), 6); // costs more, needs the same
    add(point, needs(101, 2), 5); // needs more, costs the same
    expect(costs()).toEqual([5]);
    add(point, needs(50), 9);
    add(point, needs(200), 1);
    expect(costs()).toEqual([1, 5, 9]);
    add(point, needs(50), 4); // no worse than those that cost 5 and 9
    expect(costs()).toEqual([1, 4]);
  });

  it("drops the costliest when full", () => {
    const { add, entries } = makeArchive(3);
    for (const [words, cost] of [
      [40, 1],
      [30, 2],
      [20, 3],
      [10, 4],
    ] as const) {
      add(point, needs(words), cost);
    }
    expect(entries.map(({ cost }) => cost)).toEqual([1, 2, 3]);
  });

  it("holds copies of points", () => {
    const { add, entries } = makeArchive(3);
    const own = makeNestPoint(point.space);
    add(own, needs(1), 1);
    own.nest.factor.fill(77);
    expect(entries[0]!.point).toEqual(point);
  });

  it("never holds two of which one is no worse in everything", () => {
    const source = seededRandom(2);
    const { add, entries } = makeArchive(12);
    for (let k = 0; k < 400; k++) add(point, needs(source.below(20), source.below(20)), source.below(20));
    expect(entries.length).toBeGreaterThan(2);
    for (const a of entries) {
      for (const b of entries) if (a !== b) expect(a.cost <= b.cost && covers(b.needs, a.needs)).toBe(false);
    }
  });
});
