import type { Workload } from "@loopnest/mapspace";
import { networks } from "./networks.js";

/** What goes round a circle, and how much of it. */
export interface CircleSettings {
  /** Each is searched for with what was sampled of the others' layers. */
  readonly networks: readonly Workload[];
  /** Edge of the array. */
  readonly peDim: number;
  /** Memories of the machine as built, to which the default tiler maps. */
  readonly built: { readonly scratchpadKb: number; readonly accumulatorKb: number };
  /** Measurements that `loopnest tune` may make for a network, those of what it finds included. */
  readonly measurements: number;
  /** Proposals that the analytical model says take longer are left out, so that measuring takes minutes. */
  readonly longestCycles: number;
  /** Evaluations of a network that every search may spend. */
  readonly searchSamples: number;
  /** Each tunes anew. */
  readonly seeds: readonly number[];
}

/** The circle of `npm run circle`, once an array size. Networks are cut to size, and so are memories. */
export function settings(peDim: number): CircleSettings {
  return {
    networks,
    peDim,
    built: { scratchpadKb: 16, accumulatorKb: 16 },
    measurements: 75,
    // The same work is done in fewer cycles by a larger array, and simulated at about the same speed.
    longestCycles: peDim <= 8 ? 350_000 : 160_000,
    searchSamples: 2000,
    seeds: [1],
  };
}
