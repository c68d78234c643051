import type { Mapping, TemporalLoop } from "@loopnest/mapspace";
import type { SegmentWords } from "@loopnest/model-analytical";
import type { HandedOver } from "./handed-over.js";

/** What something costs, and the words that it reads from the outermost level and writes to it. */
export interface FusionCost {
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly outermostWords: number;
}

/** Layers of a run that run in turn under shared loops. Figures are of one execution of all. */
export interface RunSegment extends FusionCost {
  /** Places in the run's layers, first to last. */
  readonly layers: readonly number[];
  /** Places of the edges between them in the workload's list. */
  readonly edges: readonly number[];
  /** How often it runs. */
  readonly count: number;
  /** Shared loops as the first layer names their dimensions, outermost first. */
  readonly loops: readonly TemporalLoop[];
  /** Words of the home. */
  readonly words: SegmentWords;
  /** What its layers cost one by one, in the best network without fusion. */
  readonly apart: FusionCost;
}

/** What became of an edge of the workload. */
export interface RunEdge extends HandedOver {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** How many of its occurrences are fused. */
  readonly fused: number;
  /** Why the others are not; `null` if there are none. */
  readonly reason: string | null;
}

/** What of a run stays on chip between layers, beside the best without. */
export interface RunFusion {
  /** The level that holds what layers hand over, and its words; `null` is unlimited. */
  readonly home: string;
  readonly capacityWords: number | null;
  /** Of all layers. */
  readonly outermostWords: number;
  /** The best network layer by layer: a mapping for each layer of the workload. */
  readonly apart: {
    readonly value: number;
    readonly energyUj: number;
    readonly latencyCycles: number;
    readonly outermostWords: number;
    readonly mappings: readonly Mapping[];
  };
  readonly segments: readonly RunSegment[];
  /** One per edge of the workload. */
  readonly edges: readonly RunEdge[];
}
