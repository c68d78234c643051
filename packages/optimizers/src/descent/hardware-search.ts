import {
  clonePoint,
  copyPoint,
  emptyNeeds,
  type FreeSize,
  type NestPoint,
  nearestSize,
  type Random,
} from "@loopnest/mapspace";
import { type Mapper, makeMapper } from "../mapper/mapper.js";
import { rememberCosts } from "../mapper/remembered-costs.js";
import { copyNeeds } from "../network/needs.js";
import { evaluateDesignOn, largestHardware } from "../network/network.js";
import type { SearchRun } from "../run/search-run.js";
import { limitsOf } from "../search/objective.js";
import { makeAreaLimit } from "./area-limit.js";
import type { DescentTuning } from "./tuning.js";

/** Spread of the log step by which a size is changed: one of these, drawn anew for every trial. */
const SPREADS = [0.1, 0.3, 0.7] as const;
/** How often a size is halved or doubled instead: what divides bounds well does so again. */
const TWICE_SHARE = 0.12;
/** How often two sizes change at once, and all. */
const PAIR_SHARE = 0.2;
const ALL_SHARE = 0.1;
/** How often the other sizes follow one that changes, so that mappings stay as they are. */
const HOLD_SHARE = 0.4;
/**
 * How often a mapping is changed by up to so many moves, as good as anew: at most, and less in networks of many layers,
 * where no single one decides much.
 */
const HEAVY_SHARE = 0.25;
const HEAVY_STRENGTH = 20;
/**
 * A hardware whose quick outcome is within this factor of the best is looked at for swaps that it has made possible.
 */
const SWAPS_FROM = 1.1;
/**
 * How far above the best a changed hardware may be to go on from: the way out of a place where no single change helps.
 */
const DRIFT = 0.02;
/** Moves at most of a mapping that the hardware follows. */
const GROWTH_STRENGTH = 3;
/** How often it is one move instead: all of them come in turn, so that none is missed. */
const NEXT_SHARE = 0.7;

/**
 * Local search over hardware with exact mappings inside, until `done`. Either sizes are changed: layers that no longer
 * fit take the best mapping they remember that does, the others look at what a larger size has made possible, and a
 * promising hardware is worked out. Or the mapping of a layer is changed as if hardware were no limit, and the hardware
 * follows: the way to a size that is far away. Or some layers, by their share in the costs, are shaken and improved.
 * Then the hardware shrinks to what the mappings need if that is no worse, and the result is kept if it is better, or
 * the first that keeps the objective's limits. What is done next is what has had least of the work that the tuning
 * means for it: work, not turns, or else shaken layers take nearly all of it in networks of few layers.
 *
 * Under limits, where sizes compete and local optima are many, steps are bolder: sizes double, other sizes follow one
 * that changes, mappings are made anew, and a place a little worse than the best is gone on from.
 *
 * @param points The start, one integer point per layer; changed in place. The best found is with the recorder.
 * @param done Asked often; true ends the search where it is.
 */
export async function hardwareSearch(
  run: SearchRun,
  points: readonly NestPoint[],
  tuning: DescentTuning,
  done: () => boolean,
): Promise<void> {
  const { network, budget, record, random, pace, buffers } = run;
  const placed = rememberCosts(run.placed, budget);
  const search = makeMapper(placed, points, done);
  const { sizes: free } = network.task.model.target;
  const { maxSizes } = largestHardware(network);
  const searched = free.flatMap((_, k) => (Number.isNaN(network.fixed[k]!) ? [k] : []));
  const area = makeAreaLimit(network);
  const reach = tuning.swaps ? "swap" : "single";
  const limited = limitsOf(network.task.objective).length > 0;
  const heavyShare = Math.min(HEAVY_SHARE, 1 / points.length);
  const strengthOf = (usual: number) => (limited && random.uniform() < heavyShare ? HEAVY_STRENGTH : usual);
  const saved: NestPoint[] = points.map(clonePoint);
  const offered = emptyNeeds(network.levelCount);
  let sizes = maxSizes.slice();
  let best = Number.POSITIVE_INFINITY;
  let kept = false;

  /**
   * Shrinks the hardware, unless it is worth more as it is: wider rows and ports may pay where no mapping needs them.
   */
  const shrinkIfBetter = () => {
    const asItIs = search.sizes.slice();
    const value = search.keepsLimits() ? search.value() : Number.POSITIVE_INFINITY;
    search.shrink();
    if (value < search.value()) search.place(asItIs);
  };

  /**
   * Shrinks the hardware and goes on from the outcome if it is the best so far, or no more than `drift` above that;
   * else goes back.
   */
  const judge = (drift = 0) => {
    if (search.value() < Number.POSITIVE_INFINITY) shrinkIfBetter();
    const keeps = search.keepsLimits();
    const value = search.value();
    // Once the limits are kept they stay so: what breaks one is no step forward, however good.
    const better = keeps === kept ? value < best * (1 - 1e-12) : keeps;
    if (!better && !(drift > 0 && keeps === kept && value < best * (1 + drift))) {
      for (let i = 0; i < points.length; i++) copyPoint(saved[i]!, points[i]!);
      return;
    }
    sizes = search.sizes.slice();
    copyNeeds(placed.available, offered);
    for (let i = 0; i < points.length; i++) copyPoint(points[i]!, saved[i]!);
    if (!better) return;
    best = value;
    kept = keeps;
    budget.spend(network.layers.length);
    const nests = points.map(({ nest }) => nest);
    record.offer(evaluateDesignOn(network, nests, sizes, buffers));
  };

  /** Makes all layers fit a new hardware and use what it offers; if that is promising, in every way. */
  const workOut = () => {
    search.refit();
    search.improve("single", offered);
    if (limited && search.value() < best * SWAPS_FROM) search.improve(reach, offered);
    if (search.value() < best * tuning.promising) search.improve("single");
  };

  const tryHardware = () => {
    const changed = pickSizes(searched, random);
    let trial: Float64Array = sizes;
    for (const k of changed) trial = changeSize(trial, k, free, random, limited ? TWICE_SHARE : 0);
    // With rows of another width the same mappings take other sizes.
    if (limited && changed.length === 1 && random.uniform() < HOLD_SHARE)
      trial = search.smallestWith(changed[0]!, trial[changed[0]!]!) ?? trial;
    // Within a limit of area some sizes grow at the cost of others.
    if (area.exceeded(trial)) area.shrink(trial, [searched.filter((k) => !changed.includes(k)), changed]);
    search.place(trial);
    workOut();
  };

  /** Moves factors of a layer wherever they may go; the hardware follows. */
  const tryMapping = () => {
    if (random.uniform() < NEXT_SHARE && search.growNext((trial) => !area.exceeded(trial), random)) {
      workOut();
      return;
    }
    search.grow(pickByShare(search, random), 1 + random.below(strengthOf(GROWTH_STRENGTH)), random);
    if (area.exceeded(search.sizes)) {
      const trial = search.sizes.slice();
      area.shrink(trial, [searched]);
      search.place(trial);
    }
    workOut();
  };

  const shakeLayers = () => {
    search.place(sizes);
    for (let k = 0; k < tuning.shakenLayers && !done(); k++) {
      search.shake(pickByShare(search, random), 1 + random.below(strengthOf(tuning.strength)), reach, random);
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
  const { hardwareShare, growthShare } = tuning;
  const shares = searched.length === 0 ? [0, 0, 1] : [hardwareShare, growthShare, 1 - hardwareShare - growthShare];
  const trials = [tryHardware, tryMapping, shakeLayers]
    .map((act, k) => ({ act, share: shares[k]!, work: 0 }))
    .filter(({ share }) => share > 0);
  while (!done()) {
    await pace.breathe();
    const next = leastServed(trials);
    const before = { asked: placed.asked, left: budget.left };
    next.act();
    judge(limited && next.act !== shakeLayers ? DRIFT : 0);
    // What fits on no hardware is never evaluated, nor is anything again that is remembered: such a round counts all
    // the same, so that the search ends.
    if (budget.left === before.left) budget.spend(1);
    next.work += Math.max(1, placed.asked - before.asked);
  }
}

/** The one that has had least work for its share; the first of several. */
function leastServed<T extends { readonly share: number; readonly work: number }>(all: readonly T[]): T {
  return all.reduce((least, each) => (each.work * least.share < least.work * each.share ? each : least));
}

/** Which sizes a trial changes: one, or at times two or all of them, where no single one helps. */
function pickSizes(searched: readonly number[], random: Random): readonly number[] {
  const kind = random.uniform();
  if (kind >= PAIR_SHARE + ALL_SHARE) return [random.pick(searched)];
  return kind < ALL_SHARE ? searched : [random.pick(searched), random.pick(searched)];
}

/** Sizes with one of them changed by a random factor, by at least one step, within its range. */
function changeSize(
  sizes: Float64Array,
  k: number,
  free: readonly FreeSize[],
  random: Random,
  twiceShare: number,
): Float64Array {
  const size = free[k]!;
  const { step = 1 } = size;
  const changed = sizes.slice();
  const factor =
    twiceShare > 0 && random.uniform() < twiceShare
      ? random.pick([0.5, 2])
      : Math.exp(random.pick(SPREADS) * random.normal());
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
