import { gemmini, makeMapspace, matmul } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { splits } from "./splits.js";

const space = makeMapspace(gemmini, matmul({ m: 2, k: 4, n: 6 }));

it("goes through every way to write the bounds as products, once", () => {
  const all = splits(space, () => Number.POSITIVE_INFINITY);
  const nest = space.nest();
  const seen = new Set<string>();
  for (const index of all.each(nest)) {
    space.slotsOf.forEach((own, d) => {
      expect(own.reduce((product, slot) => product * nest.factor[slot]!, 1)).toBe(space.shape.bounds[d]);
    });
    seen.add(nest.factor.join());
    const again = space.nest();
    all.write(again, index);
    expect(again.factor).toEqual(nest.factor);
  }
  // Two slots for 2; three for 4 = 2 * 2 and for 6 = 2 * 3: 2 * (4 choose 2) * 3 * 3.
  expect([seen.size, all.count]).toEqual([108, 108]);
});

it("keeps to the largest factor of a slot", () => {
  const columns = space.slots.findIndex((slot) => slot.kind === "X");
  const all = splits(space, (slot) => (slot === columns ? 2 : Number.POSITIVE_INFINITY));
  const nest = space.nest();
  for (const index of all.each(nest)) {
    expect(index).toBeLessThan(all.count);
    expect(nest.factor[columns]).toBeLessThanOrEqual(2);
  }
});

it("groups what unrolls the same factors to the same bounds", () => {
  const padded = makeMapspace(gemmini, { ...space.problem, paddings: { N: [8] } });
  const unrolled = padded.slots.flatMap(({ kind }, slot) => (kind === "temporal" ? [] : [slot]));
  const all = splits(padded, () => Number.POSITIVE_INFINITY);
  const nest = padded.nest();
  const groups = new Set<string>();
  let splitsOfGroups = 0;
  for (let group = 0; group < all.groupCount; group++) {
    all.enter(nest, group);
    const key = () =>
      [
        ...unrolled.map((slot) => nest.factor[slot]),
        padded.slotsOf.map((own) => own.map((slot) => nest.factor[slot]!).reduce((a, b) => a * b, 1)),
      ].join();
    const first = key();
    expect(groups.has(first)).toBe(false);
    groups.add(first);
    do {
      expect(key()).toBe(first);
      splitsOfGroups++;
    } while (all.next(nest));
  }
  expect(splitsOfGroups).toBe(all.count);
});
