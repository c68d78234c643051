import { type Cost, clonePoint, type NestPoint, type Random, reorder } from "@loopnest/mapspace";
import type { Candidate } from "../candidates/candidate.js";
import { applies, apply, type Move, movesOf } from "../mapper/moves.js";
import { orderChoices } from "../mapper/orders.js";
import { paddable, repad } from "../mapper/repad.js";
import { emptyPoints, type SearchRun } from "../run/search-run.js";
import { neighbourHardware } from "../sampling/random-hardware.js";
import { repair } from "../sampling/repair.js";
import { layerValue } from "../search/objective.js";

/** Chance of a child to have its hardware mixed from both parents, and to have one size changed. */
const HARDWARE_CROSSOVER = 0.15;
const HARDWARE_MUTATION = 0.15;
/** Chance of a layer to be taken from the father if it costs less there, and if it costs more. */
const BETTER_LAYER = 0.225;
const WORSE_LAYER = 0.075;
/** Chance of a layer to take the tiling of one dimension from the other parent. */
const TILING_CROSSOVER = 0.05;
/** Layers mutated in a child, on average. */
const MUTATIONS = 3;
/** Kinds of mutations: growing a tile, moving a factor anywhere, or new loop orders. */
const GROWTH_SHARE = 0.5;
const MOVE_SHARE = 0.25;
/** Share of mutations that run a dimension at another bound, where one may be padded. */
const PADDING_SHARE = 0.1;

/**
 * Makes a child: `null` if a mapping cannot be made to fit its hardware. Only what neither parent is known for is
 * evaluated.
 */
export type Breeding = (mother: Candidate, father: Candidate) => Candidate | null;

/**
 * GAMMA's operators. Crossover: layers, and tilings of single dimensions within a layer, come from either parent. Grow:
 * a prime factor moves inwards, which enlarges the tile there. Reorder: new loop orders. Hardware sizes cross over and
 * mutate like genes; what does not fit them makes room.
 */
export function makeBreeding(run: SearchRun): Breeding {
  const { network, placed, random } = run;
  const { name } = network.task.objective;
  const mutations = emptyPoints(run).map((point) => mutation(point, random));
  const chance = (probability: number) => random.uniform() < probability;

  const bredSizes = (mother: Candidate, father: Candidate): Float64Array => {
    const mixed = chance(HARDWARE_CROSSOVER)
      ? mother.sizes.map((size, k) => (chance(0.5) ? size : father.sizes[k]!))
      : mother.sizes;
    return (chance(HARDWARE_MUTATION) ? neighbourHardware(network, mixed, random) : null) ?? mixed;
  };

  return (mother, father) => {
    const sizes = bredSizes(mother, father);
    const moved = sizes.some((size, k) => size !== mother.sizes[k]);
    const points: NestPoint[] = [];
    const known: (Cost | null)[] = [];
    placed.place(sizes);
    for (let i = 0; i < network.layers.length; i++) {
      const better = layerValue(name, father.costs[i]!) < layerValue(name, mother.costs[i]!);
      const fromFather = chance(better ? BETTER_LAYER : WORSE_LAYER);
      const point = clonePoint((fromFather ? father : mother).points[i]!);
      let changed = moved || fromFather;
      if (chance(TILING_CROSSOVER)) {
        crossTiling(point, (fromFather ? mother : father).points[i]!, random);
        changed = true;
      }
      if (chance(MUTATIONS / network.layers.length)) {
        mutations[i]!(point);
        changed = true;
      }
      if (changed && !repair(placed, i, point, random)) return null;
      points.push(point);
      known.push(changed ? null : mother.costs[i]!);
    }
    const costs = known.map((cost, i) => {
      if (cost !== null) return cost;
      placed.excess(i, points[i]!);
      return placed.cost(i);
    });
    return { sizes, points, costs, value: placed.value(costs) };
  };
}

/** Takes the factors of one dimension from another mapping of the layer. */
function crossTiling(point: NestPoint, from: NestPoint, random: Random): void {
  const { slotsOf } = point.space;
  if (slotsOf.length === 0) return;
  for (const slot of random.pick(slotsOf)) {
    point.nest.factor[point.loopOf[slot]!] = from.nest.factor[from.loopOf[slot]!]!;
  }
}

/** Mutates mappings of one layer. */
function mutation(any: NestPoint, random: Random): (point: NestPoint) => void {
  const { slots } = any.space;
  const choices = orderChoices(any.space);
  const moves = movesOf(any);
  const padded = paddable(any.space);
  const growths = moves.filter(({ from, to }) => slots[to]!.level > slots[from]!.level);
  return (point) => {
    if (padded.length > 0 && random.uniform() < PADDING_SHARE) {
      const d = random.pick(padded);
      return repad(point, d, random.pick(any.space.bounds[d]!));
    }
    const kind = random.uniform();
    if (kind < GROWTH_SHARE + MOVE_SHARE) move(point, kind < GROWTH_SHARE ? growths : moves, random);
    else for (const { level, orders } of choices) reorder(point, level, random.pick(orders));
  };
}

/** Makes one of the moves, if any applies. */
function move(point: NestPoint, moves: readonly Move[], random: Random): void {
  const possible = moves.filter((candidate) => applies(point, candidate));
  if (possible.length > 0) apply(point, random.pick(possible));
}
