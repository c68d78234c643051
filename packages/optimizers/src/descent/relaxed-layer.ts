import { type Mapspace, makeNestPoint, type NestPoint } from "@loopnest/mapspace";
import { type AdamState, adamInit, adamUpdate } from "./adam.js";
import { projectOntoSimplex } from "./simplex.js";

/** A layer during the descent: real log factors by slot, in one loop order or in several weighted ones. */
export interface RelaxedLayer {
  readonly space: Mapspace;
  /** Log factors by slot: not negative, and for every dimension they sum to its log bound. */
  readonly logs: Float64Array;
  /** One point per loop order that is looked at, all with the factors of `logs`. */
  orders: NestPoint[];
  readonly adam: AdamState;
}

/** A layer at given log factors, by slot, in the base order of its loops; `logs` is kept, and changed in place. */
export function relaxLayer(space: Mapspace, logs: Float64Array): RelaxedLayer {
  return { space, logs, orders: [makeNestPoint(space)], adam: adamInit(space.slots.length) };
}

/** Writes the factors of `logs` into the nests of all orders. */
export function writeFactors({ logs, orders }: RelaxedLayer): void {
  for (const { nest, loopOf } of orders) {
    for (let slot = 0; slot < logs.length; slot++) nest.factor[loopOf[slot]!] = Math.exp(logs[slot]!);
  }
}

/**
 * One Adam step along the simplices of the dimensions.
 *
 * @param toSlots Gradient with respect to log factors by slot; overwritten by its part along the simplices.
 */
export function descendLayer({ space, logs, adam }: RelaxedLayer, toSlots: Float64Array, rate: number): void {
  for (const slots of space.slotsOf) {
    let mean = 0;
    for (const slot of slots) mean += toSlots[slot]!;
    mean /= slots.length;
    for (const slot of slots) toSlots[slot]! -= mean;
  }
  adamUpdate(adam, toSlots, rate, logs);
  space.slotsOf.forEach((slots, d) => {
    const own = Float64Array.from(slots, (slot) => logs[slot]!);
    projectOntoSimplex(own, Math.log(space.shape.bounds[d]!));
    slots.forEach((slot, k) => {
      logs[slot] = own[k]!;
    });
  });
}
