import type { Random } from "@loopnest/mapspace";
import type { Network } from "../network/network.js";

/** Sizes drawn log-uniformly within the target's ranges, in whole steps; fixed sizes stay as they are. */
export function randomHardware({ task, fixed }: Network, random: Random): Float64Array {
  return Float64Array.from(task.model.target.sizes, ({ min, max, step = 1 }, k) => {
    if (!Number.isNaN(fixed[k]!)) return fixed[k]!;
    return wholeSize(Math.exp(Math.log(min) + random.uniform() * Math.log(max / min)), min, max, step);
  });
}

/** Spread of the log step by which a size is changed: one of these, drawn anew for every change. */
const SPREADS = [0.1, 0.3, 0.7] as const;

/** Sizes with one of the free ones changed by a random factor, by at least one step, within its range; `null` if none is free. */
export function neighbourHardware({ task, fixed }: Network, sizes: Float64Array, random: Random): Float64Array | null {
  const free = task.model.target.sizes;
  const searched = free.flatMap(({ min, max }, k) => (Number.isNaN(fixed[k]!) && min < max ? [k] : []));
  if (searched.length === 0) return null;
  const changed = sizes.slice();
  const k = random.pick(searched);
  const { min, max, step = 1 } = free[k]!;
  const factor = Math.exp(random.pick(SPREADS) * random.normal());
  const size = wholeSize(sizes[k]! * factor, min, max, step);
  changed[k] = size === sizes[k] ? wholeSize(size + (factor < 1 ? -step : step), min, max, step) : size;
  return changed;
}

/** The whole multiple of the step nearest to a size, within its range. */
export function wholeSize(size: number, min: number, max: number, step: number): number {
  return Math.min(max, Math.max(min, Math.round(size / step) * step));
}
