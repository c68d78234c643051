import { type LoopKind, type Mapping, type Mapspace, primeFactors } from "@loopnest/mapspace";
import { moveFactor } from "./edits.js";
import { factorAt, type Place } from "./place.js";

/** A prime factor that may go from one loop to another, and what EDP would be, in parts of what it is. */
export interface Move {
  readonly from: Place;
  readonly to: Omit<Place, "dim">;
  readonly prime: number;
  readonly mapping: Mapping;
  /** Infinite (or no number) if the mapping does not fit then; 0 if it does, and did not before. */
  readonly ratio: number;
}

/** Places where a loop of a dimension may stand, outermost first: those that the target can run. */
export function placesOf(space: Mapspace, dim: string): Place[] {
  const places = space.slots
    .filter((slot) => space.shape.dims[slot.dim] === dim)
    .map(({ level, kind }): Place => ({ level, kind, dim }));
  return places.reverse();
}

/** All loops of a mapping, outermost first. */
function loopsOf(mapping: Mapping): Place[] {
  return mapping.flatMap(({ temporal, spatial }, level) => [
    ...temporal.map(([dim]): Place => ({ level, kind: "temporal", dim })),
    ...spatial.map(([dim, , kind]): Place => ({ level, kind, dim })),
  ]);
}

/** Every way to move one prime factor, each judged by `edp`. */
export function movesOf(space: Mapspace, mapping: Mapping, edp: (mapping: Mapping) => number): Move[] {
  const now = edp(mapping);
  return loopsOf(mapping).flatMap((from) => {
    const primes = [...new Set(primeFactors(factorAt(mapping, from)))];
    const places = placesOf(space, from.dim).filter(({ level, kind }) => level !== from.level || kind !== from.kind);
    return primes.flatMap((prime) =>
      places.map(({ level, kind }): Move => {
        const to = { level, kind };
        const moved = moveFactor(mapping, from, to, prime);
        return { from, to, prime, mapping: moved, ratio: edp(moved) / now };
      }),
    );
  });
}

/** The way that EDP falls most, of the moves of one prime at one place; `null` where none helps. */
export function bestMove(moves: readonly Move[], from: Place, prime: number): Move | null {
  const own = moves.filter((move) => samePlace(move.from, from) && move.prime === prime && move.ratio < 1 - 1e-9);
  return own.reduce<Move | null>((best, move) => (best === null || move.ratio < best.ratio ? move : best), null);
}

export function samePlace(a: Place, b: Place): boolean {
  return a.level === b.level && a.kind === b.kind && a.dim === b.dim;
}

/** How a place is called: `Scratchpad, columns`. */
export function placeName(names: readonly string[], { level, kind }: Omit<Place, "dim">): string {
  return `${names[level]}, ${KINDS[kind]}`;
}

const KINDS: Readonly<Record<LoopKind, string>> = { temporal: "in time", X: "columns", Y: "rows" };
