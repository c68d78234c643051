import type { Mapping, PaddedDims } from "@loopnest/mapspace";
import type { ElementWidth } from "@loopnest/model-analytical";

/** Words and energy of one tensor in one level, over all instances. */
export interface TensorFigures {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  readonly energyPj: number;
  /** Words of the tile that one instance holds. */
  readonly utilizedCapacity: number;
  /** How wide elements are, where they are not a word of the level each; counts in words over all instances. */
  readonly width?: ElementWidth;
}

/** Parts of a network's totals, count included: 0 to 1. */
export interface Shares {
  readonly energy: number;
  readonly latency: number;
  /** Mean of the other two: EDP is their product. */
  readonly edp: number;
}

/** Figures of one level while a layer is executed once. */
export interface LevelFigures {
  /** How long it would take by itself. */
  readonly cycles: number;
  /** Kept tensors only. */
  readonly tensors: Readonly<Record<string, TensorFigures>>;
  /** Static energy of the instances in use; left out where the level does not leak. */
  readonly leakPj?: number;
  /** Energy of the wires to the level inside; left out where they have no price. */
  readonly networkPj?: number;
}

/** Figures of one execution of a layer. */
export interface LayerFigures {
  readonly name: string;
  /** How often the layer occurs. */
  readonly count: number;
  /** The file that holds the layer's problem, architecture and mapping, where there is one. */
  readonly file: string;
  readonly macs: number;
  readonly energyPj: number;
  readonly latencyCycles: number;
  /** MACs a cycle over MAC units. */
  readonly utilization: number;
  /** The level that sets the latency, or `compute`. */
  readonly bottleneck: string;
  readonly share: Shares;
  readonly computeCycles: number;
  readonly computeEnergyPj: number;
  /** By name, outermost first. */
  readonly levels: Readonly<Record<string, LevelFigures>>;
  readonly mapping: Mapping;
  /**
   * Dimensions that are run beyond their bounds; all figures but `macs` and `utilization` are of the padded problem.
   */
  readonly padded?: PaddedDims;
  /** Tensors held on chip between this layer and others that share the loops outside of them. */
  readonly held?: readonly string[];
}

/** Figures of one execution of an operator without multiply-accumulates: accesses to the outermost level. */
export interface MovementFigures {
  readonly name: string;
  /** The operator: `MaxPool`. */
  readonly kind: string;
  readonly count: number;
  readonly wordsRead: number;
  readonly wordsWritten: number;
  /** Of an element, where it is not one word of the outermost level. */
  readonly bits?: number;
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly share: Shares;
}

/** Sums over a network, every layer and operator as often as it occurs. */
export interface NetworkTotals {
  /** `energyUj` x `latencyCycles`. */
  readonly edp: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
  readonly areaMm2: number;
  readonly macs: number;
  readonly utilization: number;
  /** Operators without multiply-accumulates, all together; not given if nothing is known of them. */
  readonly dataMovement?: {
    readonly wordsRead: number;
    readonly wordsWritten: number;
    readonly energyUj: number;
    readonly latencyCycles: number;
  };
}

/** One of several networks that run on the same hardware. */
export interface NetworkFigures {
  readonly name: string;
  /** How often it runs: energy and latency of the whole are sums of weight x its own. */
  readonly weight: number;
  /** Of one run of this network alone. */
  readonly totals: NetworkTotals;
}

/** Every figure of a design: totals of the network, and each layer. */
export interface DesignFigures {
  readonly totals: NetworkTotals;
  /** Each of several networks by itself. */
  readonly networks?: readonly NetworkFigures[];
  readonly layers: readonly LayerFigures[];
  /** One per operator that is no layer, if the workload keeps such. */
  readonly dataMovement?: readonly MovementFigures[];
}
