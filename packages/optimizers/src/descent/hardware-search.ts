import {
  clonePoint,
  copyPoint,
  emptyNeeds,
  type FreeSize,
  type NestPoint,
  nearestSize,
  type Random,
} from "@loopnest/mapspace";
import type { Mapper } from "../mapper/mapper.js";
import { copyNeeds } from "../network/needs.js";
import { evaluateDesign, largestHardware } from "../network/network.js";
import type { SearchRun } from "../run/search-run.js";
import { makeAreaLimit } from "./area-limit.js";
import type { DescentTuning } from "./tuning.js";

/** Spread of the log step by which a size is changed: one of these, drawn anew for every trial. */
const SPREADS = [0.1, 0.3, 0.7] as const;

/**
 * Local search over hardware with exact mappings inside, until `done`. Either a size is changed: layers that no longer fit take
 * the best mapping they remember that does, the others look at what a larger size has made possible, and a promising hardware is
 * worked out. Or some layers, by their share in the costs, are shaken and improved. Then the hardware shrinks to what the mappings
 * need, and the result is kept if it is better.
 *
 * @param search Its points are the start; the best found is with the recorder.
 * @param done Asked often; true ends the search where it is.
 */
export async function hardwareSearch(
  run: SearchRun,
  search: Mapper,
  tuning: DescentTuning,
  done: () => boolean,
): Promise<void> {
  const { network, budget, placed, record, random, pace, buffers } = run;
  const { sizes: free } = network.task.model.target;
  const { maxSizes } = largestHardware(network);
  const searched = free.flatMap((_, k) => (Number.isNaN(network.fixed[k]!) ? [k] : []));
  const area = makeAreaLimit(network);
  const reach = tuning.swaps ? "swap" : "single";
  const { points } = search;
  const saved: NestPoint[] = points.map(clonePoint);
  const offered = emptyNeeds(network.levelCount);
  let sizes = maxSizes.slice();
  let best = Number.POSITIVE_INFINITY;

  /** Shrinks the hardware and keeps the outcome if it is the best so far, else goes back to that. */
  const judge = () => {
    if (search.value() < Number.POSITIVE_INFINITY) search.shrink();
    if (search.value() >= best * (1 - 1e-12)) {
      for (let i = 0; i < points.length; i++) copyPoint(saved[i]!, points[i]!);
      return;
    }
    best = search.value();
    sizes = search.sizes.slice();
    copyNeeds(placed.available, offered);
    for (let i = 0; i < points.length; i++) copyPoint(points[i]!, saved[i]!);
    budget.spend(network.layers.length);
    const nests = points.map(({ nest }) => nest);
    record.offer(evaluateDesign(network, nests, buffers));
  };

  const tryHardware = () => {
    const changed = random.pick(searched);
    const trial = changeSize(sizes, changed, free, random);
    // Within a limit of area one size grows at the cost of another.
    if (area.exceeded(trial)) area.shrink(trial, [searched.filter((k) => k !== changed), [changed]]);
    search.place(trial);
    search.refit();
    search.improve("single", offered);
    if (search.value() < best * tuning.promising) search.improve("single");
  };

  const shakeLayers = () => {
    search.place(sizes);
    for (let k = 0; k < tuning.shakenLayers && !done(); k++) {
      search.shake(pickByShare(search, random), 1 + random.below(tuning.strength), reach, random);
    }
  };

  // Mappings that no hardware holds start on the largest there is, which makes them fit.
  if (search.shrink() === null) search.place(maxSizes);
  if (area.exceeded(search.sizes)) {
    const smaller = search.sizes.slice();
    area.shrink(smaller, [searched]);
    search.place(smaller);
  }
  search.refit();
  judge();
  search.improve(reach);
  judge();
  while (!done()) {
    await pace.breathe();
    if (searched.length > 0 && random.uniform() < tuning.hardwareShare) tryHardware();
    else shakeLayers();
    judge();
  }
}

/** Sizes with one of them changed by a random factor, by at least one step, within its range. */
function changeSize(sizes: Float64Array, k: number, free: readonly FreeSize[], random: Random): Float64Array {
  const size = free[k]!;
  const { step = 1 } = size;
  const changed = sizes.slice();
  const factor = Math.exp(random.pick(SPREADS) * random.normal());
  const rounded = Math.round((sizes[k]! * factor) / step) * step;
  changed[k] = nearestSize(size, rounded === sizes[k] ? rounded + (factor < 1 ? -step : step) : rounded);
  return changed;
}

/** A layer, drawn with a probability proportional to its share in energy and latency. */
function pickByShare(search: Mapper, random: Random): number {
  const shares = search.points.map((_, i) => search.share(i));
  let left = random.uniform() * shares.reduce((a, b) => a + b, 0);
  for (let i = 0; i < shares.length; i++) {
    left -= shares[i]!;
    if (left < 0) return i;
  }
  return shares.length - 1;
}
