import type { LoopNest } from "@loopnest/mapspace";
import { tileVolumeGradient } from "../state/tile.js";
import type { BackwardPass } from "./adjoints.js";

/**
 * Derivative of `temporalReuse`: `words = F * (runs - outside) + S * (all - runs + outside)`, along the loop order and the set of
 * non-unit loops as they are.
 *
 * @param seed Derivative of the objective with respect to log words.
 */
export function reuseGradient({ state, nest, adjoint }: BackwardPass, t: number, l: number, seed: number): void {
  const { shape, levelCount, extent, tileRow, visits, reuse, loopCapacity } = state;
  const cell = t * levelCount + l;
  const row = tileRow[l + 1]!;
  const whole = reuse.wholeWords[cell]!;
  const step = reuse.stepWords[cell]!;
  const runs = reuse.runs[cell]!;
  const all = visits[l]!;
  let outside = 0;
  for (let c = 0; c < reuse.coincidentCount[cell]!; c++) {
    const from = visitsFrom(nest, l, reuse.coincident[cell * loopCapacity + c]!);
    outside += from - from / nest.factor[reuse.coincident[cell * loopCapacity + c]!]!;
  }
  const words = whole * (runs - outside) + step * (all - runs + outside);
  const scale = seed / words;

  adjoint.logVisitsFrom[nest.startTemporal[l]!]! += scale * step * all;
  adjoint.logVisitsFrom[reuse.end[cell]!]! += scale * (whole - step) * runs;
  for (let c = 0; c < reuse.coincidentCount[cell]!; c++) {
    const loop = reuse.coincident[cell * loopCapacity + c]!;
    const from = visitsFrom(nest, l, loop);
    adjoint.logVisitsFrom[loop]! -= scale * (whole - step) * from;
    adjoint.logVisitsFrom[loop + 1]! += (scale * (whole - step) * from) / nest.factor[loop]!;
  }

  const stepSeed = scale * step * (all - runs + outside);
  if (step === 0 || step === whole) {
    tileVolumeGradient(shape, t, extent, row, scale * whole * (runs - outside) + stepSeed, adjoint.logExtent);
    return;
  }
  // S = (F / width) * T_0: the moved rank's width drops out, the step takes its place.
  const first = reuse.first[cell]!;
  const movedRank = shape.rankOf[t * shape.dimCount + nest.dim[first]!]!;
  tileVolumeGradient(shape, t, extent, row, scale * whole * (runs - outside), adjoint.logExtent);
  tileVolumeGradient(shape, t, extent, row, stepSeed, adjoint.logExtent, movedRank);
  adjoint.logInside[first]! += stepSeed;
}

/** Product of the temporal loops at and outside loop `from`, which belongs to level l or a level outside. */
function visitsFrom(nest: LoopNest, l: number, from: number): number {
  let visits = 1;
  for (let level = l; level >= 0; level--) {
    for (let i = Math.max(from, nest.startTemporal[level]!); i < nest.end[level]!; i++) visits *= nest.factor[i]!;
  }
  return visits;
}
