import type { LoopNest, Machine, Needs } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state";
import { tileVolumeGradient } from "../state/tile";
import { type Adjoints, clear } from "./adjoints.js";
import { energyGradient, latencyGradient } from "./cost-gradient.js";
import { loopGradient } from "./loop-gradient.js";
import { transferGradient } from "./transfer-gradient.js";

/**
 * Adds the derivative of `energySeed * energy + latencySeed * latency + sum of needsSeed * needs` with respect to the log of
 * every factor to `toFactors`, and with respect to every entry of the machine to `toMachine`.
 *
 * Follows the smooth extension after `countTransfers(state, nest, machine, "smooth")`, in one pass back through it. It has kinks
 * where two resources are equally slow, where a sliding window stops overlapping, and where spatial windows coincide; it jumps
 * where a factor reaches 1 and its loop drops out of the order. There it takes the side it stands on.
 */
export function nestGradient(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  energySeed: number,
  latencySeed: number,
  needsSeed: Needs | null,
  adjoint: Adjoints,
  toFactors: Float64Array,
  toMachine: Machine,
): void {
  clear(adjoint);
  energyGradient(state, nest, machine, energySeed, adjoint, toMachine);
  latencyGradient(state, nest, machine, latencySeed, adjoint, toMachine);
  if (needsSeed !== null) needsGradient(state, nest, needsSeed, adjoint, toFactors);
  transferGradient(state, nest, adjoint, toFactors);
  loopGradient(state, nest, adjoint, toFactors);
}

/** From words held and children unrolled to tiles and spatial factors. */
function needsGradient(
  state: NestState,
  nest: LoopNest,
  seed: Needs,
  adjoint: Adjoints,
  toFactors: Float64Array,
): void {
  const { shape, levelCount, extent, tileRow, tileWords } = state;
  for (let l = 0; l < levelCount; l++) {
    if (seed.words[l] !== 0) {
      for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
        if ((kept & 1) === 0) continue;
        const words = seed.words[l]! * tileWords[t * levelCount + l]!;
        tileVolumeGradient(shape, t, extent, tileRow[l]!, words, adjoint.logExtent);
      }
    }
    unrolledGradient(nest, nest.start[l]!, nest.startY[l]!, seed.x[l]!, toFactors);
    unrolledGradient(nest, nest.startY[l]!, nest.startTemporal[l]!, seed.y[l]!, toFactors);
  }
}

function unrolledGradient(nest: LoopNest, from: number, to: number, seed: number, toFactors: Float64Array): void {
  if (seed === 0) return;
  let product = 1;
  for (let i = from; i < to; i++) product *= nest.factor[i]!;
  for (let i = from; i < to; i++) toFactors[i]! += seed * product;
}
