import type { Path } from "../tree/path.js";
import type { TreeCase } from "../tree/tree.js";
import { type Reservation, reservationsOf } from "./reservation.js";

/**
 * Bits held at most in every memory, outermost first. While an Einsum runs, a memory holds its own reservations; of the
 * others' what is taken outside the loops that they share with it; and the homes of tensors that several Einsums use,
 * once, from the first to the last user.
 */
export function peakBits({ architecture, cascade }: TreeCase, paths: readonly Path[]): number[] {
  const all = paths.map(reservationsOf);
  const users = usersOf(paths);
  const shared = sharedLoops(all, users);
  return architecture.levels.map((_, memory) =>
    all.reduce((peak, _, running) => Math.max(peak, heldWhile(running, memory)), 0),
  );

  function heldWhile(running: number, memory: number): number {
    let bits = 0;
    const homes = new Map<string, Reservation>();
    all.forEach((reservations, einsum) => {
      for (const own of reservations) {
        if (own.memory !== memory) continue;
        const users_ = users.get(own.tensor)!;
        const outlives = own.depth < shared(einsum, running);
        if (own.isHome && users_.length > 1) {
          const alive = users_[0]! <= running && running <= users_.at(-1)!;
          // The running Einsum's own view of the tile: a consumer's holds the halo, too.
          if (einsum === running || (!homes.has(own.tensor) && (alive || outlives))) homes.set(own.tensor, own);
        } else if (einsum === running || outlives) bits += own.words * bitsOf(own.tensor);
      }
    });
    for (const home of homes.values()) bits += home.words * bitsOf(home.tensor);
    return bits;
  }

  function bitsOf(tensor: string): number {
    return cascade.bits.get(tensor) ?? 1;
  }
}

/** Einsums that use each tensor, in order. */
function usersOf(paths: readonly Path[]): Map<string, number[]> {
  const users = new Map<string, number[]>();
  paths.forEach(({ tensors }, einsum) => {
    for (const { tensor } of tensors) users.set(tensor, [...(users.get(tensor) ?? []), einsum]);
  });
  return users;
}

/**
 * Loops that two Einsums share: of neighbours as many as stand above the innermost home of a tensor alive between them,
 * of others the fewest along the way. What they have in common below that home is not shared in this sense.
 */
function sharedLoops(
  all: readonly (readonly Reservation[])[],
  users: ReadonlyMap<string, readonly number[]>,
): (a: number, b: number) => number {
  const between = all.slice(1).map((_, first) => {
    const alive = [...users].filter(([, own]) => own[0]! <= first && own.at(-1)! > first).map(([tensor]) => tensor);
    const homes = all.flat().filter((own) => own.isHome && alive.includes(own.tensor));
    return Math.max(0, ...homes.map((home) => home.depth));
  });
  return (a, b) => {
    if (a === b) return Number.POSITIVE_INFINITY;
    return Math.min(...between.slice(Math.min(a, b), Math.max(a, b)));
  };
}
