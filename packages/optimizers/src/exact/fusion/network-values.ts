import { LoopnestError, type Machine, type PerformanceModel, type Problem } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { optimumOf } from "../uneven/fixed-network.js";
import type { Weights } from "../uneven/placement.js";
import { type ChainValue, type LayerOptimum, layerValue, segmentValue } from "./chain-value.js";
import { makeNetworkCuts, type NetworkCuts } from "./cheapest-cut.js";
import { executionTrees } from "./executions.js";
import { type HeldLayer, makeHeldLayer } from "./held-layer.js";
import { by } from "./known-optima.js";
import type { Chain } from "./segment-chains.js";
import { makeSegment, type Segment } from "./segment-optimum.js";
import { type SegmentPoint, scaledSum } from "./segment-point.js";

/** How a network may be cut, whatever the machine: layer by layer, and into chains. */
export interface FusionCuts {
  readonly apart: NetworkCuts;
  readonly fused: NetworkCuts;
  /** Why edges are not fused, by their places; `null` for others. Machines add what they find. */
  readonly reasons: (string | null)[];
  readonly home: number;
}

/** @param reasons Why edges cannot be fused; `null` for the others. */
export function fusionCuts(network: Network, reasons: (string | null)[], home: number, longest: number): FusionCuts {
  const { layers, edges = [] } = network.task.workload;
  const sinks = executionTrees(
    layers,
    edges.map((edge, e) => (reasons[e] === null ? edge : null)),
  );
  return { apart: makeNetworkCuts(sinks, 1), fused: makeNetworkCuts(sinks, longest), reasons, home };
}

/** What a network can come to on a machine, worked out as far as it is asked for. */
export interface NetworkValues {
  /**
   * The least weighted sum of the cuts; `null` if it was stopped, infinite if a layer fits nowhere.
   *
   * @param news Is told of points found on the way, and of sums that none is below.
   */
  optimum(
    cuts: NetworkCuts,
    weights: Weights,
    goOn: () => boolean | Promise<boolean>,
    news: (found: SegmentPoint | null, least: number) => void,
  ): Promise<SegmentPoint | null>;
  /** No sum is below; cheap. */
  floor(cuts: NetworkCuts, weights: Weights): number;
}

/**
 * The values of a network on a machine.
 *
 * @param known Mappings of layers by themselves, where they need not be searched.
 */
export function networkValues(
  network: Network,
  cuts: FusionCuts,
  machine: Machine,
  known: (layer: number) => LayerOptimum | null = () => null,
): NetworkValues {
  const { model, workload } = network.task;
  const base: SegmentPoint = {
    ...model.movementCost(network.movement, machine, "exact"),
    ...{ outermostWords: 0, parts: [] },
  };
  const values = new Map<string, ChainValue>();
  const heldLayer = rememberedLayers(model, machine, cuts.home);
  const chainOf = (chain: Chain): ChainValue => {
    let value = values.get(chain.key);
    if (value === undefined) values.set(chain.key, (value = makeValue(chain)));
    return value;
  };
  return {
    async optimum({ cheapest }, weights, goOn, news) {
      for (;;) {
        const least = cheapest((chain) => chainOf(chain).least(weights));
        const found = cheapest((chain) => bestKnown(chain, weights));
        news(
          found.cost < Number.POSITIVE_INFINITY ? pointOf(found.chains, weights) : null,
          by(weights, base) + least.cost,
        );
        if (least.cost === Number.POSITIVE_INFINITY) return null;
        const open = [...least.chains.keys()].filter((chain) => !chainOf(chain).isSettled(weights));
        if (open.length === 0) return pointOf(least.chains, weights);
        for (const chain of open) {
          if (!(await chainOf(chain).advance(weights, otherwise(chain, weights), goOn))) return null;
        }
      }
    },
    floor: ({ cheapest }, weights) => by(weights, base) + cheapest((chain) => chainOf(chain).least(weights)).cost,
  };

  function makeValue(chain: Chain): ChainValue {
    const problems = chain.layers.map((i) => workload.layers[i]!.problem);
    if (problems.length === 1) {
      const [layer] = chain.layers as [number];
      return layerValue(chain, known(layer) ?? optimumOf(network, layer, machine));
    }
    const edges = chain.edges.map((e) => workload.edges![e]!);
    const segment = segmentOrRefusal(() => makeSegment(machine, edges, problems, cuts.home, heldLayer));
    if (typeof segment !== "string") return segmentValue(chain, segment);
    if (edges.length === 1) cuts.reasons[chain.edges[0]!] = segment;
    return NEVER;
  }

  /** What a chain is known to be had for, as it is. */
  function bestKnown(chain: Chain, weights: Weights): number {
    const best = chainOf(chain).best(weights);
    return best === null ? Number.POSITIVE_INFINITY : by(weights, best);
  }

  /** What the layers of a chain are known to be had for in shorter ones. */
  function otherwise({ layers, edges }: Chain, weights: Weights): number {
    if (layers.length === 1) return Number.POSITIVE_INFINITY;
    return edges.reduce((least, _, k) => {
      const ends = [part(layers, edges, 0, k), part(layers, edges, k + 1, edges.length)];
      return Math.min(
        least,
        ends.reduce((sum, chain) => sum + Math.min(bestKnown(chain, weights), otherwise(chain, weights)), 0),
      );
    }, Number.POSITIVE_INFINITY);
  }

  function pointOf(chains: ReadonlyMap<Chain, number>, weights: Weights): SegmentPoint {
    const points = [...chains].map(([chain, count]) => ({ point: chainOf(chain).best(weights)!, count }));
    return scaledSum([{ point: base, count: 1 }, ...points]);
  }
}

/** A chain that cannot be a segment. */
const NEVER: ChainValue = {
  best: () => null,
  least: () => Number.POSITIVE_INFINITY,
  isSettled: () => true,
  advance: async () => true,
};

/** Layers made ready once for each set of tensors that are held. */
function rememberedLayers(model: PerformanceModel, machine: Machine, home: number) {
  const known = new Map<Problem, Map<string, HeldLayer | LoopnestError>>();
  return (problem: Problem, tensors: readonly string[]): HeldLayer => {
    const own = known.get(problem) ?? new Map<string, HeldLayer | LoopnestError>();
    known.set(problem, own);
    const key = tensors.join();
    let found = own.get(key);
    if (found === undefined) {
      try {
        found = makeHeldLayer(model, machine, problem, home, tensors);
      } catch (error) {
        if (!(error instanceof LoopnestError && error.data.code === "unsupported")) throw error;
        found = error;
      }
      own.set(key, found);
    }
    if (found instanceof LoopnestError) throw found;
    return found;
  };
}

function segmentOrRefusal(make: () => Segment): Segment | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof LoopnestError && error.data.code === "unsupported") return error.data.problem;
    throw error;
  }
}

/** The layers from one to another of a chain. */
function part(layers: readonly number[], edges: readonly number[], from: number, to: number): Chain {
  let key = String(layers[to]!);
  for (let k = to - 1; k >= from; k--) key = `${layers[k]!} ${edges[k]!} ${key}`;
  return { layers: layers.slice(from, to + 1), edges: edges.slice(from, to), key };
}
