/** A figure of a design that a sweep's page draws; less is better. */
export type SweepFigure = "areaMm2" | "energyUj" | "latencyCycles" | "edp";

/** A design that a search of a sweep has found. */
export interface SweepDesign extends Readonly<Record<SweepFigure, number>> {
  /** Of its search in the study, from 1. */
  readonly number: number;
  readonly workload: string;
  readonly target: string;
  readonly objective: string;
  readonly method: string;
  readonly value: number;
  /** Of the value. */
  readonly unit: string;
  readonly hardware: Readonly<Record<string, number>>;
  /** Page of its run folder, if that is kept. */
  readonly to?: string;
}

/** Two figures of designs against each other. */
export interface SweepFront {
  readonly x: SweepFigure;
  readonly y: SweepFigure;
  /** Those that no other design beats in both, by rising `x`. */
  readonly designs: readonly SweepDesign[];
}

/** What a sweep has found of one network on one target. */
export interface SweepGroup {
  readonly workload: string;
  readonly target: string;
  /** All of them, or evenly chosen ones: as many as can be drawn. */
  readonly designs: readonly SweepDesign[];
  /** Of all designs, one over each of `SWEEP_PAIRS`. */
  readonly fronts: readonly SweepFront[];
}

/** What a sweep's page is made of. */
export interface SweepSummary {
  readonly name: string;
  readonly description?: string;
  /** loopnest's. */
  readonly version: string;
  readonly points: number;
  readonly done: number;
  readonly failed: number;
  /** Searches within whose limits nothing was found. */
  readonly infeasible: number;
  /** Of every network, objective and target the design of least value: by network, objective, rising value. */
  readonly best: readonly SweepDesign[];
  readonly groups: readonly SweepGroup[];
}

/** Titles of figures, with units. */
export const SWEEP_FIGURES: Readonly<Record<SweepFigure, string>> = {
  areaMm2: "area (mm2)",
  energyUj: "energy (uJ)",
  latencyCycles: "latency (cycles)",
  edp: "energy x delay (uJ x cycles)",
};

/** Every two figures. */
export const SWEEP_PAIRS: readonly (readonly [x: SweepFigure, y: SweepFigure])[] = [
  ["areaMm2", "edp"],
  ["areaMm2", "latencyCycles"],
  ["areaMm2", "energyUj"],
  ["latencyCycles", "energyUj"],
  ["latencyCycles", "edp"],
  ["energyUj", "edp"],
];
