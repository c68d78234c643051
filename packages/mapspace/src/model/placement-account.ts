import type { Machine } from "../hardware/machine.js";
import type { Mapping } from "../mapping/mapping.js";
import type { LoopNest } from "../mapping/nest.js";
import type { Cost } from "./cost.js";

/**
 * What moves between a store node and the next node of its tensor outside, per instance of each in words of its level,
 * and what all of it costs.
 */
export interface NodeTransfer {
  /** Both sides, all instances. */
  energyPj: number;
  outerReads: number;
  outerWrites: number;
  innerWrites: number;
}

/**
 * What store nodes cost one by one: for searches that choose where, between the loops, every tensor is kept.
 *
 * Without sliding windows the cost of a mapping is a sum over its nodes, and that of a node follows from the words that
 * an instance fetches: those of its tile, once in every iteration of the temporal loops from the innermost one outside
 * it that moves the tile. It never falls when the words grow.
 */
export interface PlacementAccount {
  /** Why that does not hold of this layer on this target; `null` where it does. */
  readonly refusal: string | null;
  /**
   * Takes the spatial loops of a nest, whose factors multiply to the bounds to be run: further calls are about those.
   */
  unroll(nest: LoopNest): void;
  /** Level that keeps tensor t next outside level `inner` (one past the innermost: the MAC units), -1 if none does. */
  outerOf(t: number, inner: number): number;
  /** Words of level l that so many elements of tensor t take there. */
  held(t: number, l: number, elements: number): number;
  /**
   * Writes what the move of tensor t into level `inner` costs.
   *
   * @param fetched Elements that one instance of the inner node's level fetches in the whole run.
   */
  transfer(t: number, inner: number, fetched: number, machine: Machine, out: NodeTransfer): void;
  /** The exact cost of a whole mapping, even or uneven. Does not check that it fits. */
  cost(mapping: Mapping, machine: Machine): Cost;
}
