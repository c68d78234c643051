import type { Mapspace } from "./mapspace.js";
import type { LoopNest } from "./nest.js";

/** A point of a mapspace: a nest whose loops are addressed by slot, whatever their order. */
export interface NestPoint {
  readonly space: Mapspace;
  readonly nest: LoopNest;
  /** Loop of every slot; the inverse of `slotOf`. */
  readonly loopOf: Int32Array;
  readonly slotOf: Int32Array;
}

/** The point with every bound in the outermost slot of its dimension, in the base order. */
export function makeNestPoint(space: Mapspace): NestPoint {
  const identity = () => Int32Array.from(space.slots, (_, i) => i);
  return { space, nest: space.nest(), loopOf: identity(), slotOf: identity() };
}

/** Makes `to` the same point as `from`; both of one mapspace. @internal */
export function copyPoint(from: NestPoint, to: NestPoint): void {
  to.nest.factor.set(from.nest.factor);
  to.nest.dim.set(from.nest.dim);
  to.loopOf.set(from.loopOf);
  to.slotOf.set(from.slotOf);
}

/** A copy of a point that shares nothing with it but the mapspace. @internal */
export function clonePoint(point: NestPoint): NestPoint {
  const clone = makeNestPoint(point.space);
  copyPoint(point, clone);
  return clone;
}

/**
 * Reorders the temporal loops of one level.
 *
 * @param order The level's temporal slots, innermost first.
 */
export function reorder(point: NestPoint, level: number, order: ArrayLike<number>): void {
  const { nest, loopOf, slotOf, space } = point;
  const from = nest.startTemporal[level]!;
  const factors = Array.from(order, (slot) => nest.factor[loopOf[slot]!]!);
  for (let k = 0; k < order.length; k++) {
    const slot = order[k]!;
    const loop = from + k;
    loopOf[slot] = loop;
    slotOf[loop] = slot;
    nest.dim[loop] = space.slots[slot]!.dim;
    nest.factor[loop] = factors[k]!;
  }
}

/** The temporal slots of a level, innermost first, as they are ordered now. @internal */
export function currentOrder(point: NestPoint, level: number): Int32Array {
  return point.slotOf.slice(point.nest.startTemporal[level]!, point.nest.end[level]!);
}
