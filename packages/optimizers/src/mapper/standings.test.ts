import { gemmini } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { nestsOf, randomPlaced } from "../../test/random-mapper.js";
import { makeStandings } from "./standings.js";

describe("standings", () => {
  it("go back to what was saved: point, cost, and whether it fits", () => {
    const { placed, points } = randomPlaced(3, gemmini);
    for (const { nest, space, loopOf } of points) {
      // All loops outermost: they fit any hardware.
      nest.factor.fill(1);
      for (const [d, own] of space.slotsOf.entries()) nest.factor[loopOf[own.at(-1)!]!] = space.shape.bounds[d]!;
    }
    placed.place(Float64Array.of(2, 1, 1));
    const standings = makeStandings(placed, points, () => false);
    for (const i of points.keys()) standings.settle(i);
    const value = standings.value();
    expect(value).toBeLessThan(Number.POSITIVE_INFINITY);

    const factors = nestsOf(points)[0]!.factor.slice();
    const goBack = standings.save(0);
    const { nest, space, loopOf } = points[0]!;
    for (const [d, own] of space.slotsOf.entries()) {
      nest.factor[loopOf[own.at(-1)!]!] = 1;
      nest.factor[loopOf[own[0]!]!] = space.shape.bounds[d]!;
    }
    standings.settle(0);
    expect(standings.fits(0)).toBe(false);
    expect(standings.value()).toBe(Number.POSITIVE_INFINITY);

    goBack();
    expect(standings.fits(0)).toBe(true);
    expect(standings.value()).toBe(value);
    expect(standings.settledRank(0)).toBe(value);
    expect(nest.factor).toEqual(factors);
  });
});
