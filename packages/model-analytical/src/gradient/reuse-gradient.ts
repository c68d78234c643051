import type { LoopNest } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { tileVolumeGradient } from "../state/tile.js";
import type { BackwardPass } from "./adjoints.js";

/**
 * Derivative of `temporalReuse`: `words = F * (runs - outside - returned) + S * (steps - runs + outside)`, along the
 * loop order and the set of non-unit loops as they are.
 *
 * @param seed Derivative of the objective with respect to log words.
 */
export function reuseGradient({ state, nest, adjoint }: BackwardPass, t: number, l: number, seed: number): void {
  const { shape, levelCount, extent, tileRow, reuse } = state;
  const { logVisitsFrom, logExtent, logInside } = adjoint;
  const cell = t * levelCount + l;
  const row = tileRow[l + 1]!;
  const whole = reuse.wholeWords[cell]!;
  const step = reuse.stepWords[cell]!;
  const runs = reuse.runs[cell]!;
  const outside = listedIterations(state, nest, l, cell, "coincident");
  const returned = state.counts === "timeloop-2025" ? listedIterations(state, nest, l, cell, "returning") : 0;
  const wholes = runs - outside - returned;
  const steps = reuse.steps[cell]! - runs + outside;
  const scale = seed / (whole * wholes + step * steps);

  logVisitsFrom[reuse.stepsFrom[cell]!]! += scale * step * reuse.steps[cell]!;
  logVisitsFrom[reuse.end[cell]!]! += scale * (whole - step) * runs;
  if (outside > 0) spreadListed(state, nest, l, cell, "coincident", scale * (whole - step), logVisitsFrom);
  if (returned > 0) spreadListed(state, nest, l, cell, "returning", scale * whole, logVisitsFrom);

  if (step === 0 || step === whole) {
    tileVolumeGradient(shape, t, extent, row, scale * (whole * wholes + step * steps), logExtent);
    return;
  }
  // S = (F / width) * T_z: the moved rank's width drops out, the step takes its place.
  const first = reuse.first[cell]!;
  const movedRank = shape.rankOf[t * shape.dimCount + nest.dim[first]!]!;
  tileVolumeGradient(shape, t, extent, row, scale * whole * wholes, logExtent);
  tileVolumeGradient(shape, t, extent, row, scale * step * steps, logExtent, movedRank);
  logInside[first]! += scale * step * steps;
}

/**
 * Steps of the listed loops by themselves, together: a loop's are the visits from it outwards less those outside it.
 */
function listedIterations(
  { reuse, loopCapacity }: NestState,
  nest: LoopNest,
  l: number,
  cell: number,
  list: "coincident" | "returning",
): number {
  let iterations = 0;
  for (let c = 0; c < reuse[`${list}Count`][cell]!; c++) {
    const loop = reuse[list][cell * loopCapacity + c]!;
    const from = visitsFrom(nest, l, loop);
    iterations += from - from / nest.factor[loop]!;
  }
  return iterations;
}

/** Takes `words` times the derivative of `listedIterations` away. */
function spreadListed(
  { reuse, loopCapacity }: NestState,
  nest: LoopNest,
  l: number,
  cell: number,
  list: "coincident" | "returning",
  words: number,
  logVisitsFrom: Float64Array,
): void {
  for (let c = 0; c < reuse[`${list}Count`][cell]!; c++) {
    const loop = reuse[list][cell * loopCapacity + c]!;
    const from = visitsFrom(nest, l, loop);
    logVisitsFrom[loop]! -= words * from;
    logVisitsFrom[loop + 1]! += (words * from) / nest.factor[loop]!;
  }
}

/** Product of the temporal loops at and outside loop `from`, which belongs to level l or a level outside. */
function visitsFrom(nest: LoopNest, l: number, from: number): number {
  let visits = 1;
  for (let level = l; level >= 0; level--) {
    for (let i = Math.max(from, nest.startTemporal[level]!); i < nest.end[level]!; i++) visits *= nest.factor[i]!;
  }
  return visits;
}
