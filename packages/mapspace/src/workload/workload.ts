import { macs, type Problem } from "../problem/problem.js";

/** A problem and how often it occurs in a network. */
export interface Layer {
  readonly problem: Problem;
  readonly count: number;
}

/** Words that an operator without multiply-accumulates (a pooling, a softmax) reads from DRAM and writes to it. */
export interface DataMovement {
  readonly name: string;
  /** The operator: `MaxPool`. */
  readonly kind: string;
  readonly count: number;
  /** Of one execution. */
  readonly wordsRead: number;
  readonly wordsWritten: number;
  /** Bits of an element; one word of DRAM, whatever its width, unless given. */
  readonly bits?: number;
}

/**
 * An operator of a network that its reader does not know, or whose sizes are open: what may be missing in the figures.
 */
export interface UnmodelledOperator {
  /** With its domain: `com.microsoft.MoE`. */
  readonly operator: string;
  /** How often it runs. */
  readonly count: number;
  /** Its words are counted and its arithmetic is not; or nothing of it is. */
  readonly countedAs: "data movement" | "not counted";
  /** Why. */
  readonly reason: string;
}

/** One of the networks of a workload that holds several. */
export interface NetworkPart {
  readonly name: string;
  /** How often it runs: a whole number. */
  readonly weight: number;
  /** How often every layer of the workload occurs in one run of this network, in the workload's order. */
  readonly layerCounts: readonly number[];
  /** The same of the workload's data movement. */
  readonly movementCounts: readonly number[];
}

/** What one layer hands the next, and how the two see it. */
export interface Edge {
  /** Names of layers: the outputs of `from` are a tensor of `to`. */
  readonly from: string;
  readonly to: string;
  /** The consumer's tensor. */
  readonly tensor: string;
  /** How often it occurs: so many executions of both layers. */
  readonly count: number;
  /**
   * Ranks of the tensor: the dimension of the producer, and of the consumer, that run through it. Where the consumer
   * strides, the producer's has as many times the trips. What is not named is never cut.
   */
  readonly ranks: readonly (readonly [from: string, to: string])[];
  /**
   * Which execution of the one layer hands to which of the other, for each that there is, numbered from 0 in the order
   * of the network; unless given, the first to the first and so on.
   */
  readonly executions?: readonly (readonly [from: number, to: number])[];
  /** Operators on the way, which move nothing if the tensor stays on chip: `Gelu`. */
  readonly through?: readonly string[];
  /**
   * Dimensions of the producer that such an operator reduces (the row of a softmax): a tile of the tensor has all of
   * them.
   */
  readonly whole?: readonly string[];
  /** Why the tensor cannot stay on chip; it can unless given. */
  readonly refusal?: string;
}

/** A network: its layers, equal ones merged; or several networks (`combineWorkloads`). */
export interface Workload {
  readonly name: string;
  readonly description?: string;
  /** Where the layer list comes from. */
  readonly source?: string;
  readonly layers: readonly Layer[];
  /** What layers hand each other, as far as it is known. */
  readonly edges?: readonly Edge[];
  /**
   * What the operators that are no layers move; it costs DRAM accesses and the time they take, whatever the mappings.
   */
  readonly dataMovement?: readonly DataMovement[];
  /** Operators that no figure holds, or only in part. */
  readonly unmodelled?: readonly UnmodelledOperator[];
  /**
   * The networks that the workload was made of, if there are several: every count is the sum of weight x count over
   * them.
   */
  readonly networks?: readonly NetworkPart[];
}

/** Multiply-accumulates of a whole network. */
export function workloadMacs(workload: Workload): number {
  return workload.layers.reduce((sum, layer) => sum + layer.count * macs(layer.problem), 0);
}
