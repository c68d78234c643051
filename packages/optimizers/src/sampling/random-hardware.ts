import { greatestSize, leastSize, nearestSize, type Random } from "@loopnest/mapspace";
import type { Network } from "../network/network.js";

/** Sizes drawn log-uniformly within the target's ranges, in whole steps; fixed sizes stay as they are. */
export function randomHardware({ task, fixed }: Network, random: Random): Float64Array {
  return Float64Array.from(task.model.target.sizes, (size, k) => {
    if (!Number.isNaN(fixed[k]!)) return fixed[k]!;
    const { min, max } = size;
    return nearestSize(size, Math.exp(Math.log(min) + random.uniform() * Math.log(max / min)));
  });
}

/** Spread of the log step by which a size is changed: one of these, drawn anew for every change. */
const SPREADS = [0.1, 0.3, 0.7] as const;

/**
 * Sizes with one of the free ones changed by a random factor, by at least one step, within its range; `null` if none is
 * free.
 */
export function neighbourHardware({ task, fixed }: Network, sizes: Float64Array, random: Random): Float64Array | null {
  const free = task.model.target.sizes;
  const searched = free.flatMap((size, k) =>
    Number.isNaN(fixed[k]!) && leastSize(size) < greatestSize(size) ? [k] : [],
  );
  if (searched.length === 0) return null;
  const changed = sizes.slice();
  const k = random.pick(searched);
  const { step = 1 } = free[k]!;
  const factor = Math.exp(random.pick(SPREADS) * random.normal());
  const size = nearestSize(free[k]!, sizes[k]! * factor);
  changed[k] = size === sizes[k] ? nearestSize(free[k]!, size + (factor < 1 ? -step : step)) : size;
  return changed;
}
