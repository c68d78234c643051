import { conv, gemmini, makeMapspace, makeNestPoint, seededRandom } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { roundPoint } from "./rounding.js";
import { randomStart } from "./start-point.js";

describe("roundPoint", () => {
  const space = makeMapspace(gemmini, conv({ R: 3, S: 3, P: 56, Q: 54, C: 96, K: 192 }));
  const unlimited = new Float64Array(space.slots.length).fill(Number.POSITIVE_INFINITY);

  it("gives integers that multiply to the bounds", () => {
    for (let seed = 0; seed < 50; seed++) {
      const point = makeNestPoint(space);
      const logs = randomStart(space, seededRandom(seed));
      logs.forEach((log, slot) => {
        point.nest.factor[point.loopOf[slot]!] = Math.exp(log);
      });
      roundPoint(point, unlimited);
      space.slotsOf.forEach((slots, d) => {
        const factors = slots.map((slot) => point.nest.factor[point.loopOf[slot]!]!);
        expect(factors.every(Number.isInteger)).toBe(true);
        expect(factors.reduce((a, b) => a * b, 1)).toBe(space.shape.bounds[d]);
      });
    }
  });

  it("leaves integer points as they are", () => {
    const point = makeNestPoint(space);
    const before = point.nest.factor.slice();
    roundPoint(point, unlimited);
    expect(point.nest.factor).toEqual(before);
  });

  it("keeps to the caps", () => {
    const point = makeNestPoint(space);
    const caps = Float64Array.from(space.slots, ({ kind }) => (kind === "temporal" ? Number.POSITIVE_INFINITY : 16));
    const columns = space.slots.findIndex(({ kind }) => kind === "X");
    point.nest.factor.fill(1);
    for (const slots of space.slotsOf) {
      const spatial = slots.find((slot) => space.slots[slot]!.kind !== "temporal") ?? slots[0]!;
      point.nest.factor[point.loopOf[spatial]!] = space.shape.bounds[space.slots[spatial]!.dim]!;
    }
    roundPoint(point, caps);
    expect(point.nest.factor[point.loopOf[columns]!]).toBeLessThanOrEqual(16);
  });
});
