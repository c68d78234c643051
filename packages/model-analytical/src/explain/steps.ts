import {
  type Architecture,
  fanOut,
  isWithin,
  type LoopNest,
  type ProblemShape,
  primeFactors,
} from "@loopnest/mapspace";
import { greatestCommonDivisor } from "./excess.js";
import type { OpenSlot, SlotNest } from "./slot-nest.js";

/**
 * A step to a neighbouring mapping: a prime factor of a dimension moves from one slot to another, from nowhere if the
 * dimension lacks it, or to nowhere if it is too much (slot -1); or a tensor is kept at one more level, or passes one
 * by.
 */
export type Step =
  | { readonly kind: "factor"; readonly prime: number; readonly from: number; readonly to: number }
  | { readonly kind: "keep" | "pass"; readonly tensor: number; readonly level: number };

/** Factors and kept tensors of a mapping, without what all mappings of a layout share. */
export interface Tiling {
  readonly factor: Float64Array;
  readonly keeps: Int32Array;
}

/**
 * Steps from a tiling. Steps into spatial slots stay within the fan-out of the level itself.
 *
 * @param worth Whether anything is gained where a prime leaves a slot, wherever it goes; if not, it is moved nowhere
 * from there.
 * @param mayPass Whether tensors that are kept at several levels may pass one by.
 */
export function stepsFrom(
  { factor, keeps }: Tiling,
  { slots, nest }: SlotNest,
  shape: ProblemShape,
  architecture: Architecture,
  worth: (prime: number, from: number) => boolean,
  mayPass: boolean,
): Step[] {
  const steps: Step[] = [];
  const take = (prime: number, from: number, to: number) => steps.push({ kind: "factor", prime, from, to });
  shape.dims.forEach((_, d) => {
    const own = slots.flatMap((slot, i) => (slot.dim === d ? [i] : []));
    const open = own.filter((i) => slots[i]!.open);
    const bound = shape.bounds[d]!;
    const product = own.reduce((all, i) => all * factor[i]!, 1);
    const common = greatestCommonDivisor(bound, product);
    for (const prime of new Set(primeFactors(bound / common))) {
      for (const to of open) if (hasRoom(factor, slots, nest, architecture, to, prime)) take(prime, -1, to);
    }
    const surplus = new Set(primeFactors(product / common));
    for (const from of own) {
      for (const prime of new Set(primeFactors(factor[from]!))) {
        if (!isWithin(slots[from]!.limits, factor[from]! / prime)) continue;
        if (surplus.has(prime)) take(prime, from, -1);
        if (!worth(prime, from)) continue;
        for (const to of open) {
          if (to !== from && hasRoom(factor, slots, nest, architecture, to, prime)) take(prime, from, to);
        }
      }
    }
  });
  shape.problem.tensors.forEach(({ name }, tensor) => {
    const keepers = architecture.levels.filter((_, l) => ((keeps[l]! >> tensor) & 1) === 1).length;
    architecture.levels.forEach((hardware, level) => {
      const kept = ((keeps[level]! >> tensor) & 1) === 1;
      if (keepers === 0 && hardware.keeps.includes(name)) steps.push({ kind: "keep", tensor, level });
      if (mayPass && keepers > 1 && kept) steps.push({ kind: "pass", tensor, level });
    });
  });
  return steps;
}

/** The tiling after a step; the one before is left as it is. */
export function takeStep({ factor, keeps }: Tiling, step: Step): Tiling {
  const next = { factor: factor.slice(), keeps: keeps.slice() };
  if (step.kind !== "factor") next.keeps[step.level]! ^= 1 << step.tensor;
  else {
    if (step.from >= 0) next.factor[step.from]! /= step.prime;
    if (step.to >= 0) next.factor[step.to]! *= step.prime;
  }
  return next;
}

/**
 * Whether a slot takes another prime: within its limits, a spatial one only as far as the fan-out of its level goes.
 */
function hasRoom(
  factor: Float64Array,
  slots: readonly OpenSlot[],
  nest: LoopNest,
  architecture: Architecture,
  to: number,
  prime: number,
): boolean {
  const { kind, level, limits } = slots[to]!;
  if (!isWithin(limits, factor[to]! * prime)) return false;
  if (kind === "temporal") return true;
  let product = prime;
  const [from, end] =
    kind === "X" ? [nest.start[level]!, nest.startY[level]!] : [nest.startY[level]!, nest.startTemporal[level]!];
  for (let i = from; i < end; i++) product *= factor[i]!;
  const { x, y } = fanOut(architecture, level);
  return product <= (kind === "X" ? x : y);
}
