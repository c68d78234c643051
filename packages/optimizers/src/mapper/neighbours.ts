import type { NestPoint } from "@loopnest/mapspace";
import { type Move, movesOf } from "./moves.js";
import { type OrderChoices, orderChoices } from "./orders.js";
import { paddable } from "./repad.js";

/** The ways from a mapping of one layer to those close by. */
export interface Neighbours {
  readonly moves: readonly Move[];
  /** Those of the moves that lead out to the outermost level, and in from there. */
  readonly outward: readonly Move[];
  readonly inward: readonly Move[];
  readonly orders: readonly OrderChoices[];
  /** Dimensions that may be run at other bounds. */
  readonly paddable: readonly PaddableDim[];
}

/** A dimension, its bounds, and the moves of its factors. */
export interface PaddableDim {
  readonly dim: number;
  readonly bounds: readonly number[];
  readonly moves: readonly Move[];
}

/** @param any Any point of the layer's mapspace: all have the same ways out, some of which apply. */
export function neighboursOf(any: NestPoint): Neighbours {
  const { slots } = any.space;
  const moves = movesOf(any);
  return {
    moves,
    outward: moves.filter(({ to }) => slots[to]!.level === 0),
    inward: moves.filter(({ from }) => slots[from]!.level === 0),
    orders: orderChoices(any.space),
    paddable: paddable(any.space).map((dim) => ({
      dim,
      bounds: any.space.bounds[dim]!,
      moves: moves.filter(({ from }) => slots[from]!.dim === dim),
    })),
  };
}
