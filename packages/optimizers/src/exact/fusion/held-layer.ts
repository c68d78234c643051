import {
  type LayerModel,
  type LoopNest,
  LoopnestError,
  type Machine,
  type Mapping,
  type PerformanceModel,
  type PlacementAccount,
  type Problem,
} from "@loopnest/mapspace";
import { sharedPlacements } from "../uneven/cheapest-placement.js";
import { outermostWords } from "../uneven/outermost-words.js";
import { leastValue } from "../uneven/outlook.js";
import { placedMapping } from "../uneven/placed-mapping.js";
import type { SharedPlacement, Split, Weights } from "../uneven/placement.js";
import { makePlacementPlan, type PlacementPlan } from "../uneven/plan.js";
import { unrollings } from "../uneven/unrollings.js";
import { heldTarget } from "./held-target.js";

/** A layer some of whose tensors are held on chip between it and other layers. */
export interface HeldLayer {
  readonly layer: LayerModel;
  /** Words of the home that so many elements of a tensor take. */
  wordsOf(tensor: string, elements: number): number;
  /** Least value of any placement that can be cut at that tile; `Infinity` if there is none. */
  least(weights: Weights, tile: Tile): number;
  /**
   * Placements of which none is nowhere worse than another.
   *
   * @param below A value to beat.
   */
  front(weights: Weights, shared: SharedLoops, below: number): HeldPlacement[];
}

/** Extents of the layer's dimensions inside the loops that layers share; a dimension that is not named is whole. */
export type Tile = ReadonlyMap<string, number>;

/** The loops that layers share, as one of them sees them. */
export interface SharedLoops {
  readonly tile: Tile;
  /** Dimensions of the loops, innermost first. */
  readonly order: readonly string[];
  /** Words at the home that are held for layers while this one runs. */
  readonly heldWords: number;
}

export interface HeldPlacement extends SharedPlacement {
  readonly plan: PlacementPlan;
  readonly nest: LoopNest;
  /** The nodes that hold the tensors. */
  readonly homes: readonly number[];
}

/** Words that a placement reads from the outermost level and writes to it. */
export function heldWords({ layer }: HeldLayer, machine: Machine, { plan, events, homes }: HeldPlacement): number {
  return outermostWords(plan, layer.placement!, machine, events, homes);
}

/** A layer some of whose tensors are held, with what its store nodes cost. */
export interface HeldModel {
  readonly layer: LayerModel;
  readonly account: PlacementAccount;
}

/**
 * @param home Level that holds the tensors.
 * @throws LoopnestError `unsupported` if the model cannot say what store nodes of such a layer cost.
 */
export function heldModel(
  model: PerformanceModel,
  problem: Problem,
  home: number,
  tensors: readonly string[],
): HeldModel {
  const target = tensors.reduce((own, tensor) => heldTarget(own, home, tensor), model.target);
  const layer = model.retargeted?.(target).layer(problem);
  const account = layer?.placement;
  const refused = (why: string) =>
    new LoopnestError({ code: "unsupported", path: "workload.edges", problem: `${problem.name}: ${why}` });
  if (layer === undefined || account === undefined) throw refused("the model does not say what store nodes cost");
  const refusal = account.refusal ?? refusalOfWidths(layer);
  if (refusal !== null) throw refused(refusal);
  return { layer, account };
}

/** Makes a layer ready on a machine: see `heldModel`. */
export function makeHeldLayer(
  model: PerformanceModel,
  machine: Machine,
  problem: Problem,
  home: number,
  tensors: readonly string[],
): HeldLayer {
  const { layer, account } = heldModel(model, problem, home, tensors);
  const { shape } = layer.space;
  const plans = unrollings(layer, machine).map((nest) => ({
    nest,
    plan: makePlacementPlan(layer, account, machine, nest),
  }));
  const tensorNames = shape.problem.tensors.map(({ name }) => name);
  const isHeld = tensorNames.map((name) => tensors.includes(name));
  /** The split of a plan, if its loops can be cut there. */
  const splitOf = ({ lattice, nodes, nest }: PlacementPlan, { tile, order, heldWords }: SharedLoops): Split | null => {
    let cut = true;
    const inside = lattice.trips.map((trips, d) => {
      const extent = tile.get(shape.dims[d]!);
      if (extent === undefined) return trips;
      let spatial = 1;
      layer.space.slots.forEach(({ kind, dim }, i) => {
        if (kind !== "temporal" && dim === d) spatial *= nest.factor[i]!;
      });
      // Padded, the layer would go through more tiles than the others.
      if (trips * spatial !== problem.dims[shape.dims[d]!]) cut = false;
      return extent / spatial;
    });
    const point = cut ? lattice.at(inside) : -1;
    if (point < 0) return null;
    const homes = nodes.flatMap((node, n) => (isHeld[node.tensor] && node.level === home ? [n] : []));
    return { point, homes, order: order.map((name) => shape.dims.indexOf(name)), heldWords };
  };
  const known = new WeakMap<Weights, number[]>();
  const leastOf = (weights: Weights): number[] => {
    let found = known.get(weights);
    if (found === undefined) known.set(weights, (found = plans.map(({ plan }) => leastValue(plan, weights))));
    return found;
  };
  return {
    layer,
    wordsOf: (tensor, elements) => account.held(tensorNames.indexOf(tensor), home, elements),
    least(weights, tile) {
      const values = leastOf(weights);
      return plans.reduce(
        (least, { plan }, i) =>
          values[i]! >= least || splitOf(plan, { tile, order: [], heldWords: 0 }) === null ? least : values[i]!,
        Number.POSITIVE_INFINITY,
      );
    },
    front(weights, shared, below) {
      const values = leastOf(weights);
      let front: HeldPlacement[] = [];
      plans.forEach(({ plan, nest }, i) => {
        if (values[i]! >= below) return;
        const split = splitOf(plan, shared);
        if (split === null) return;
        for (const own of sharedPlacements(plan, weights, below, split)) {
          if (front.some((other) => noWorse(other, own))) continue;
          front = front.filter((other) => !noWorse(own, other));
          front.push({ ...own, plan, nest, homes: split.homes });
        }
      });
      return front;
    },
  };
}

/**
 * What is handed over is produced as wide as sums and consumed as wide as inputs: what it takes between is not told.
 */
function refusalOfWidths({ account }: LayerModel): string | null {
  return account?.widths ? "its elements are not one word of every level each" : null;
}

function noWorse(a: SharedPlacement, b: SharedPlacement): boolean {
  return a.value <= b.value && a.wordsBelow <= b.wordsBelow && a.wordsAbove <= b.wordsAbove;
}

/**
 * The mapping of a placement: no level outside the tensors' home keeps them, and the home is an entry of its own. What
 * stands outside of that is shared or held all the time, what stands inside runs in turn with the other layers.
 */
export function heldMapping({ layer }: HeldLayer, { plan, events, homes }: HeldPlacement): Mapping {
  return placedMapping(layer, plan, events, homes);
}
