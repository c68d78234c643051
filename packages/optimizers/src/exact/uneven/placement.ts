/** What is minimised: energyPj * energy + latencyCycles * latency. */
export interface Weights {
  readonly energy: number;
  readonly latency: number;
}

/** The cheapest placement found, as what is done from the outermost loop inwards. */
export interface Placement {
  readonly value: number;
  readonly events: readonly PlacementEvent[];
}

/** A temporal loop of a level, or the place of a store node. */
export type PlacementEvent =
  | { readonly kind: "loop"; readonly level: number; readonly dim: number; readonly factor: number }
  | { readonly kind: "node"; readonly node: number };

/**
 * A placement of a layer that shares loops with others: everything else runs in turn with them inside a *split*, which
 * lies where the tensors that they hand each other are held.
 */
export interface Split {
  /** The nodes that hold tensors of the layer for others, each the outermost of its tensor, all at one level. */
  readonly homes: readonly number[];
  /** Where they stand: the loops inside the split. */
  readonly point: number;
  /** Dimensions of the loops outside, innermost first: each is one loop, as for the other layers. */
  readonly order: readonly number[];
  /** Words of that level that are held for layers while this one runs. */
  readonly heldWords: number;
}

/** A placement inside a split, with what it takes of the level that holds shared tensors, besides those. */
export interface SharedPlacement extends Placement {
  readonly energyPj: number;
  readonly latencyCycles: number;
  /** Words while the layer runs. */
  readonly wordsBelow: number;
  /** Words held above the split, all the time. */
  readonly wordsAbove: number;
}
