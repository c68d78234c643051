import type { Hardware } from "@loopnest/mapspace";

/**
 * How a design came about: by a simple tiler, by a search with the analytical model, with a learned one, with that and
 * a penalty on uncertainty.
 */
export type TuningWay = "tiler" | "analytical" | "learned" | "careful";

/** A case with what was predicted of it before it was measured. */
export interface TunedPoint {
  /** Hash of the case. */
  readonly id: string;
  /** Counts from 0: the first round's predictions are the analytical model's. */
  readonly round: number;
  readonly layer: string;
  /** See `layerKind`. */
  readonly kind: string;
  /** Whether a search found it; the others were proposed. */
  readonly found: boolean;
  readonly predictedCycles: number;
  readonly analyticalCycles: number;
  readonly measuredCycles: number;
}

/** Totals of a network, every layer as often as it occurs. */
export interface TunedTotals {
  /** `energyUj` x `latencyCycles`. */
  readonly edp: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
}

/** A design whose layers were measured. */
export interface TunedDesign {
  /** Its run folder below `searches/`; that of a tiler has none. */
  readonly name: string;
  readonly way: TuningWay;
  readonly round: number;
  readonly hardware: Hardware;
  /** As its search counted it, without a penalty. */
  readonly predicted: TunedTotals;
  /** `null` if a layer could not be measured. */
  readonly measured: TunedTotals | null;
  readonly layers: readonly {
    readonly name: string;
    readonly count: number;
    readonly predictedCycles: number;
    readonly measuredCycles: number | null;
    /** What limits it by the analytical model: a level, or `compute`. */
    readonly bottleneck: string;
  }[];
}

/** One round: what was measured, and how well it had been predicted. */
export interface TunedRound {
  readonly round: number;
  readonly measured: number;
  readonly failed: number;
  /** Median of |predicted / measured - 1| over what was measured in it; `null` if nothing was. */
  readonly medianError: number | null;
  /** Rank correlation of predicted and measured cycles; `null` for fewer than two. */
  readonly rankCorrelation: number | null;
  /** Least measured EDP of all designs so far; `null` as long as none could be measured. */
  readonly bestEdp: number | null;
}

/** Errors of predictions of one kind of layer, over all rounds. */
export interface TunedKind {
  readonly kind: string;
  readonly samples: number;
  /** Median of |predicted / measured - 1|: of the analytical model, and of what was predicted with what was known. */
  readonly analyticalError: number;
  readonly predictedError: number;
}

/** What came of tuning: what `tune.json` holds. */
export interface Tuning {
  readonly schemaVersion: 1;
  readonly status: "finished" | "interrupted";
  readonly versions: { readonly loopnest: string; readonly node: string };
  readonly target: string;
  readonly workload: string;
  /** The command that measured. */
  readonly measure: string;
  readonly seed: number;
  /** Measurements that were allowed, made, and failed. */
  readonly measurements: { readonly budget: number; readonly made: number; readonly failed: number };
  /** Whether energies were measured as well, or are the analytical model's. */
  readonly measuredEnergy: boolean;
  /** Why it ended. */
  readonly stopped: string;
  readonly rounds: readonly TunedRound[];
  readonly kinds: readonly TunedKind[];
  readonly designs: readonly TunedDesign[];
  /** Name of the design with the least measured EDP. */
  readonly best: string | null;
  readonly points: readonly TunedPoint[];
  readonly failures: readonly { readonly id: string; readonly layer: string; readonly reason: string }[];
}
