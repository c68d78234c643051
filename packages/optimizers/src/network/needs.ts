import type { Needs } from "@loopnest/mapspace";

const FIELDS = ["words", "x", "y"] as const;

/** Sets all needs to 0. */
export function clearNeeds(needs: Needs): void {
  for (const field of FIELDS) needs[field].fill(0);
}

/** Writes `from` into `to`. */
export function copyNeeds(from: Needs, to: Needs): void {
  for (const field of FIELDS) to[field].set(from[field]);
}

/** Raises `into` to at least `needs`, entry by entry. */
export function raiseNeeds(into: Needs, needs: Needs): void {
  for (const field of FIELDS) {
    for (let l = 0; l < needs[field].length; l++) {
      if (needs[field][l]! > into[field][l]!) into[field][l] = needs[field][l]!;
    }
  }
}

/** Whether an entry of the needs is above that of the limits. */
export function exceedNeeds(needs: Needs, limits: Needs): boolean {
  return FIELDS.some((field) => needs[field].some((need, l) => need > limits[field][l]!));
}
