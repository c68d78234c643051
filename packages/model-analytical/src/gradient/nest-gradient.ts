import { type CostSeed, type LoopNest, levelWords, type Needs } from "@loopnest/mapspace";
import { tileVolumeGradient } from "../state/tile.js";
import { type BackwardPass, clear } from "./adjoints.js";
import { energyGradient, latencyGradient, leakGradient } from "./cost-gradient.js";
import { loopGradient } from "./loop-gradient.js";
import { networkGradient } from "./network-gradient.js";
import { transferGradient } from "./transfer-gradient.js";
import { widthGradient } from "./width-gradient.js";

/**
 * Adds the derivative of the seeded sum (see `CostSeed`) with respect to the log of
 * every factor to `toFactors`, and with respect to every entry of the machine to `toMachine`.
 *
 * Follows the smooth extension after `countTransfers(state, nest, machine, "smooth")`, in one pass back through it. It
 * has kinks where two resources are equally slow, where a sliding window stops overlapping, and where spatial windows
 * coincide; it jumps where a factor reaches 1 and its loop drops out of the order. There it takes the side it stands
 * on.
 */
export function nestGradient(pass: BackwardPass, { energy, latency, needs }: CostSeed): void {
  clear(pass.adjoint);
  energyGradient(pass, energy);
  networkGradient(pass, energy);
  latencyGradient(pass, latency + leakGradient(pass, energy));
  if (needs !== null) needsGradient(pass, needs);
  widthGradient(pass);
  transferGradient(pass);
  loopGradient(pass);
}

/** From words held and children unrolled to tiles and spatial factors. */
function needsGradient({ state, nest, adjoint, toFactors }: BackwardPass, seed: Needs): void {
  const { shape, levelCount, extent, tileRow, tileWords } = state;
  for (let l = 0; l < levelCount; l++) {
    if (seed.words[l] !== 0) {
      for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
        if ((kept & 1) === 0) continue;
        const words = seed.words[l]! * levelWords(state.widths, t, l, tileWords[t * levelCount + l]!);
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
