import { type LoopKind, type Mapping, type Mapspace, primeFactors } from "@loopnest/mapspace";
import { moveFactor } from "./edits.js";
import { factorAt, type Place } from "./place.js";
import { nodesOf } from "./store-nodes.js";

/** A prime factor that may go from one loop to another, and what EDP would be, in parts of what it is. */
export interface Move {
  readonly from: Place;
  readonly to: Omit<Place, "dim">;
  readonly prime: number;
  readonly mapping: Mapping;
  /** Infinite (or no number) if the mapping does not fit then; 0 if it does, and did not before. */
  readonly ratio: number;
}

/**
 * Places where a loop of a dimension may stand, outermost first: those that the target can run. Between the store nodes
 * of a level stand loops in time of the next outer level, all others of the level at its last node.
 */
export function placesOf(space: Mapspace, mapping: Mapping, dim: string): Place[] {
  const levels = space.target.levels.map(({ name }) => name);
  const slots = space.slots.filter((slot) => space.shape.dims[slot.dim] === dim).reverse();
  return nodesOf(levels, mapping).flatMap(({ level, last }, node) => {
    const own = slots.filter((slot) =>
      last ? slot.level === level : slot.level === Math.max(0, level - 1) && slot.kind === "temporal",
    );
    return own.map(({ kind }): Place => ({ node, kind, dim }));
  });
}

/** All loops of a mapping, outermost first. */
function loopsOf(mapping: Mapping): Place[] {
  return mapping.flatMap(({ temporal, spatial }, node) => [
    ...temporal.map(([dim]): Place => ({ node, kind: "temporal", dim })),
    ...spatial.map(([dim, , kind]): Place => ({ node, kind, dim })),
  ]);
}

/** Every way to move one prime factor, each judged by `edp`. */
export function movesOf(space: Mapspace, mapping: Mapping, edp: (mapping: Mapping) => number): Move[] {
  const now = edp(mapping);
  return loopsOf(mapping).flatMap((from) => {
    const primes = [...new Set(primeFactors(factorAt(mapping, from)))];
    const places = placesOf(space, mapping, from.dim).filter(
      ({ node, kind }) => node !== from.node || kind !== from.kind,
    );
    return primes.flatMap((prime) =>
      places.map(({ node, kind }): Move => {
        const to = { node, kind };
        const moved = moveFactor(mapping, from, to, prime);
        return { from, to, prime, mapping: moved, ratio: edp(moved) / now };
      }),
    );
  });
}

/** Of every prime at every place, the way that EDP falls most; `null` where none helps. */
export function bestMoves(moves: readonly Move[]): (from: Place, prime: number) => Move | null {
  const best = new Map<string, Move>();
  const key = ({ node, kind, dim }: Place, prime: number) => `${node} ${kind} ${dim} ${prime}`;
  for (const move of moves) {
    const own = key(move.from, move.prime);
    if (move.ratio < Math.min(1 - 1e-9, best.get(own)?.ratio ?? 1)) best.set(own, move);
  }
  return (from, prime) => best.get(key(from, prime)) ?? null;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.node === b.node && a.kind === b.kind && a.dim === b.dim;
}

/** How a place is called, by the names of the entries: `Scratchpad, columns`. */
export function placeName(names: readonly string[], { node, kind }: Omit<Place, "dim">): string {
  return `${names[node]}, ${KINDS[kind]}`;
}

const KINDS: Readonly<Record<LoopKind, string>> = { temporal: "in time", X: "columns", Y: "rows" };
