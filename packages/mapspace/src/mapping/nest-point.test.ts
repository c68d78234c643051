import { describe, expect, it } from "vitest";
import { conv } from "../problem/conv.js";
import { gemmini } from "../targets/index.js";
import { makeMapspace } from "./mapspace.js";
import { clonePoint, copyPoint, currentOrder, makeNestPoint, type NestPoint, reorder } from "./nest-point.js";

const space = makeMapspace(gemmini, conv({ R: 3, S: 1, P: 8, Q: 6, C: 16, K: 4 }));
const dramSlots = space.slots.flatMap(({ level }, slot) => (level === 0 ? [slot] : []));

/** What a point says of every slot: its factor, and that loop and slot name each other and the slot's dimension. */
function factorsBySlot({ nest, loopOf, slotOf }: NestPoint): number[] {
  return space.slots.map(({ dim }, slot) => {
    const loop = loopOf[slot]!;
    expect(slotOf[loop]).toBe(slot);
    expect(nest.dim[loop]).toBe(dim);
    return nest.factor[loop]!;
  });
}

/** A point whose factors are all different, so that none can be mistaken for another. */
function labelled(): NestPoint {
  const point = makeNestPoint(space);
  point.nest.factor.forEach((_, i) => {
    point.nest.factor[i] = 101 + i;
  });
  return point;
}

describe("reorder", () => {
  it("moves loops, and every slot keeps its factor", () => {
    const point = labelled();
    const before = factorsBySlot(point);
    const rotated = [...dramSlots.slice(2), ...dramSlots.slice(0, 2)];
    for (const order of [rotated, [...rotated].reverse(), dramSlots]) {
      reorder(point, 0, order);
      expect(factorsBySlot(point)).toEqual(before);
      expect([...currentOrder(point, 0)]).toEqual(order);
    }
    expect(point).toEqual(labelled());
  });

  it("leaves other levels alone", () => {
    const point = labelled();
    reorder(point, 0, [...dramSlots].reverse());
    const inner = space.slots.length - dramSlots.length;
    expect(point.nest.dim.subarray(0, inner)).toEqual(labelled().nest.dim.subarray(0, inner));
    expect(point.nest.factor.subarray(0, inner)).toEqual(labelled().nest.factor.subarray(0, inner));
  });
});

describe("copies", () => {
  it("are equal and share nothing", () => {
    const point = labelled();
    reorder(point, 0, [...dramSlots].reverse());
    const clone = clonePoint(point);
    expect(clone).toEqual(point);
    reorder(clone, 0, dramSlots);
    clone.nest.factor.fill(1);
    expect([...currentOrder(point, 0)]).toEqual([...dramSlots].reverse());
    expect(factorsBySlot(point)).toEqual(factorsBySlot(labelled()));
    copyPoint(point, clone);
    expect(clone).toEqual(point);
  });
});
