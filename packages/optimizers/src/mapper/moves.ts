import { isWithin, type NestPoint, primeFactors } from "@loopnest/mapspace";

/** A step to a neighbouring tiling: a prime factor of one dimension moves from one slot to another. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly prime: number;
}

/** All moves that some tiling of the point's mapspace allows; `applies` says which the point allows now. */
export function movesOf({ space }: NestPoint): Move[] {
  return space.slotsOf.flatMap((slots, d) =>
    [...new Set(space.bounds[d]!.flatMap(primeFactors))].flatMap((prime) =>
      slots.flatMap((from) => slots.filter((to) => to !== from).map((to) => ({ from, to, prime }))),
    ),
  );
}

/** Whether the factor at the slot that a move takes from has the prime, and both slots allow what it makes of them. */
export function applies({ nest, loopOf, space: { slots } }: NestPoint, { from, to, prime }: Move): boolean {
  const factor = nest.factor[loopOf[from]!]!;
  if (factor % prime !== 0) return false;
  const [taken, given] = [slots[from]!.limits, slots[to]!.limits];
  return isWithin(taken, factor / prime) && isWithin(given, nest.factor[loopOf[to]!]! * prime);
}

/** Takes a step, in place; it must apply. */
export function apply(point: NestPoint, { from, to, prime }: Move): void {
  const { nest, loopOf } = point;
  nest.factor[loopOf[from]!]! /= prime;
  nest.factor[loopOf[to]!]! *= prime;
}

/** Takes a step back that was taken last. */
export function undo(point: NestPoint, { from, to, prime }: Move): void {
  apply(point, { from: to, to: from, prime });
}
