import type { Workload } from "@loopnest/mapspace";
import { networks } from "./networks.js";

/** What goes round a circle, and how much of it. */
export interface CircleSettings {
  readonly networks: readonly Workload[];
  /** Edge of the array. */
  readonly peDim: number;
  /** Memories of the machine as built, on which mappings alone are searched. */
  readonly built: { readonly scratchpadKb: number; readonly accumulatorKb: number };
  /** Mappings measured before the first calibration. */
  readonly firstSamples: number;
  /** Mappings that the first model is least sure of, measured before the second. */
  readonly furtherSamples: number;
  /** Proposals that the analytical model says take longer are left out, so that measuring takes minutes. */
  readonly longestCycles: number;
  /** Evaluations of a network that every search may spend. */
  readonly searchSamples: number;
  /** Each calibrates and searches anew; all start from the same first samples. */
  readonly seeds: readonly number[];
  /** Folds of the first seed's cross-validations, which have learning curves, too; the others only train. */
  readonly folds: number;
}

/** The circle of `npm run circle`, once an array size. Networks are cut to size, and so are memories. */
export function settings(peDim: number): CircleSettings {
  return {
    networks,
    peDim,
    built: { scratchpadKb: 16, accumulatorKb: 16 },
    firstSamples: 160,
    furtherSamples: 30,
    // The same work is done in fewer cycles by a larger array, and simulated at about the same speed.
    longestCycles: peDim <= 8 ? 350_000 : 160_000,
    searchSamples: 2000,
    seeds: [1, 2, 3],
    folds: 10,
  };
}
