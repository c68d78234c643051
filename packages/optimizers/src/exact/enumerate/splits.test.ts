import { gemmini, makeMapspace, matmul } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { splits } from "./splits.js";

const space = makeMapspace(gemmini, matmul({ m: 2, k: 4, n: 6 }));

it("goes through every way to write the bounds as products, once", () => {
  const all = splits(space, () => Number.POSITIVE_INFINITY);
  const nest = space.nest();
  const seen = new Set<string>();
  all.write(nest, 0);
  for (let index = 0; index < all.count; index++) {
    if (index > 0) all.next(nest);
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
  for (let index = 0; index < all.count; index++) {
    all.write(nest, index);
    expect(nest.factor[columns]).toBeLessThanOrEqual(2);
  }
});
