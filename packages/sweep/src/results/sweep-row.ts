import type { Point } from "../study/point.js";

/** What a search has found, or that nothing fits, or why it failed; the same on every machine. */
export type PointFigures =
  | {
      readonly status: "found";
      /** Of the objective, in `unit`. */
      readonly value: number;
      readonly unit: string;
      readonly energyUj: number;
      readonly latencyCycles: number;
      /** `energyUj` x `latencyCycles`. */
      readonly edp: number;
      readonly areaMm2: number;
      readonly macs: number;
      /** MACs a cycle over MAC units: 0 to 1. */
      readonly utilization: number;
      /** Of the target; without one there are no seconds. */
      readonly clockMhz?: number;
      readonly lowerBound?: number;
      readonly hardware: Readonly<Record<string, number>>;
      /** Evaluations of the whole network that were spent. */
      readonly samples: number;
    }
  | { readonly status: "infeasible"; readonly samples: number }
  | { readonly status: "failed"; readonly error: string };

/** A point of a sweep and what became of it. */
export interface SweepRow {
  /** From 1, in the order of the study. */
  readonly number: number;
  readonly key: string;
  readonly point: Point;
  /** Names of the networks, the target and the energy table, whatever files they came from. */
  readonly names: { readonly workload: string; readonly target: string; readonly energyTable: string };
  readonly figures: PointFigures;
}
