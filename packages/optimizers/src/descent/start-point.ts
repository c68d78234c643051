import type { Mapspace } from "@loopnest/mapspace";
import type { Random } from "../random.js";

/** How much of a dimension spatial slots get on average, relative to temporal ones. */
const SPATIAL_WEIGHT = 2;

/**
 * A random start: the log bound of every dimension is split over its slots in exponentially distributed shares, spatial slots
 * weighing more.
 *
 * @returns Log factors by slot.
 */
export function randomStart(space: Mapspace, random: Random): Float64Array {
  const logs = new Float64Array(space.slots.length);
  space.slotsOf.forEach((slots, d) => {
    const shares = slots.map((slot) => {
      const weight = space.slots[slot]!.kind === "temporal" ? 1 : SPATIAL_WEIGHT;
      return -weight * Math.log(1 - random.uniform());
    });
    const sum = shares.reduce((a, b) => a + b, 0);
    const logBound = Math.log(space.shape.bounds[d]!);
    slots.forEach((slot, k) => {
      logs[slot] = (shares[k]! / sum) * logBound;
    });
  });
  return logs;
}
