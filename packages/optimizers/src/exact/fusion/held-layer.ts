import {
  type LayerModel,
  type LoopNest,
  LoopnestError,
  type Machine,
  type Mapping,
  type PerformanceModel,
  type Problem,
} from "@loopnest/mapspace";
import { sharedPlacements } from "../uneven/cheapest-placement.js";
import { outermostWords } from "../uneven/outermost-words.js";
import { leastValue } from "../uneven/outlook.js";
import { placedMapping } from "../uneven/placed-mapping.js";
import type { SharedPlacement, Weights } from "../uneven/placement.js";
import { makePlacementPlan, type PlacementPlan } from "../uneven/plan.js";
import { unrollings } from "../uneven/unrollings.js";
import { heldTarget } from "./held-target.js";

/** A layer one of whose tensors is held on chip between it and another layer. */
export interface HeldLayer {
  readonly layer: LayerModel;
  /** Least value of any placement, of all with that tile of the tensor; `Infinity` if there is none. */
  least(weights: Weights, tile: Tile): number;
  /**
   * Placements of which none is nowhere worse than another.
   *
   * @param order Dimensions of the shared loops, innermost first.
   * @param below A value to beat.
   */
  front(weights: Weights, tile: Tile, order: readonly string[], below: number): HeldPlacement[];
  /** Words of that tile. */
  words(tile: Tile): number;
}

/** Extents of the layer's dimensions inside the loops that the layers share; a dimension that is not named is whole. */
export type Tile = ReadonlyMap<string, number>;

export interface HeldPlacement extends SharedPlacement {
  readonly plan: PlacementPlan;
  readonly nest: LoopNest;
  /** The node that holds the tensor. */
  readonly home: number;
}

/** Words that a placement reads from the outermost level and writes to it. */
export function heldWords({ layer }: HeldLayer, machine: Machine, { plan, events, home }: HeldPlacement): number {
  return outermostWords(plan, layer.placement!, machine, events, home);
}

/**
 * @param home Level that holds the tensor.
 * @throws LoopnestError `unsupported` if the model cannot say what store nodes of such a layer cost.
 */
export function makeHeldLayer(
  model: PerformanceModel,
  machine: Machine,
  problem: Problem,
  home: number,
  tensor: string,
): HeldLayer {
  const layer = model.retargeted?.(heldTarget(model.target, home, tensor)).layer(problem);
  const account = layer?.placement;
  if (layer === undefined || account === undefined || account.refusal !== null) {
    throw new LoopnestError({
      code: "unsupported",
      path: "workload.edges",
      problem: account?.refusal ?? "the model does not say what store nodes cost",
    });
  }
  const { shape } = layer.space;
  const held = shape.problem.tensors.findIndex(({ name }) => name === tensor);
  const plans = unrollings(layer, machine).map((nest) => ({
    nest,
    plan: makePlacementPlan(layer, account, machine, nest),
  }));
  /** The split of a plan at a tile, if its loops can be cut there. */
  const splitOf = ({ lattice, nodes, nest }: PlacementPlan, tile: Tile, names: readonly string[] = []) => {
    const inside = lattice.trips.map((trips, d) => {
      const extent = tile.get(shape.dims[d]!);
      if (extent === undefined) return trips;
      let spatial = 1;
      layer.space.slots.forEach(({ kind, dim }, i) => {
        if (kind !== "temporal" && dim === d) spatial *= nest.factor[i]!;
      });
      return extent / spatial;
    });
    const point = lattice.at(inside);
    const order = names.map((name) => shape.dims.indexOf(name));
    const at = nodes.findIndex((node) => node.tensor === held && node.level === home);
    return point < 0 ? null : { point, home: at, order };
  };
  return {
    layer,
    least: (weights, tile) =>
      plans.reduce(
        (least, { plan }) => (splitOf(plan, tile) === null ? least : Math.min(least, leastValue(plan, weights))),
        Number.POSITIVE_INFINITY,
      ),
    front(weights, tile, order, below) {
      let front: HeldPlacement[] = [];
      for (const { plan, nest } of plans) {
        const split = splitOf(plan, tile, order);
        if (split === null || leastValue(plan, weights) >= below) continue;
        for (const own of sharedPlacements(plan, weights, below, split)) {
          if (front.some((other) => noWorse(other, own))) continue;
          front = front.filter((other) => !noWorse(own, other));
          front.push({ ...own, plan, nest, home: split.home });
        }
      }
      return front;
    },
    words: (tile) =>
      shape.problem.tensors[held]!.ranks.reduce(
        (words, rank) =>
          words * rank.reduce((sum, [dim, k]) => sum + k * ((tile.get(dim) ?? problem.dims[dim]!) - 1), 1),
        1,
      ),
  };
}

function noWorse(a: SharedPlacement, b: SharedPlacement): boolean {
  return a.value <= b.value && a.wordsBelow <= b.wordsBelow && a.wordsAbove <= b.wordsAbove;
}

/**
 * The mapping of a placement: no level outside the tensor's home keeps it, and the home is an entry of its own. What
 * stands outside of that is shared or held all the time, what stands inside runs in turn with the other layer.
 */
export function heldMapping({ layer }: HeldLayer, { plan, events, home }: HeldPlacement): Mapping {
  return placedMapping(layer, plan, events, home);
}
