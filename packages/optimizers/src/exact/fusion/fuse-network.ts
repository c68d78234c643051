import { type Cost, type Edge, LoopnestError } from "@loopnest/mapspace";
import { makePace } from "../../run/pace.js";
import { objectiveExponents, objectiveValue } from "../../search/objective.js";
import type { SearchTask } from "../../search/task.js";
import { fixedNetwork, optimumOf } from "../uneven/fixed-network.js";
import { layerHull } from "../uneven/layer-hull.js";
import type { Weights } from "../uneven/placement.js";
import type { PlacedLayer } from "../uneven/weighted-optimum.js";
import { edgeRefusals } from "./edge-refusals.js";
import { executionTrees } from "./executions.js";
import { type Chain, chainsTo, executionsIn } from "./segment-chains.js";
import { type FusedSegment, makeSegment, type Segment, segmentOptimum } from "./segment-optimum.js";
import { leastOf, type SegmentPoint, scaledSum } from "./segment-point.js";

/** Totals of a network, each the best of its kind for the objective. */
export interface FusionTotals {
  readonly value: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
  /** Words read from the outermost level and written to it, by layers. */
  readonly outermostWords: number;
}

/** Layers that run together. Figures are of one execution of all. */
export interface NetworkSegment {
  /** Names, first to last. */
  readonly layers: readonly string[];
  /** Places of the edges between them in the workload's list. */
  readonly edges: readonly number[];
  /** How often it runs. */
  readonly count: number;
  readonly fused: FusedSegment;
  /** What its layers take one by one, as best for the whole network without fusion. */
  readonly apart: Readonly<Cost> & { readonly outermostWords: number };
}

/** What became of an edge. */
export interface FusedEdge {
  readonly edge: Edge;
  /** How many of its occurrences are fused. */
  readonly fused: number;
  /** Why the others are not; `null` if there are none. */
  readonly reason: string | null;
}

/** A network with and without fusion, both proved. */
export interface FusedNetwork {
  readonly apart: FusionTotals;
  readonly fused: FusionTotals;
  readonly segments: readonly NetworkSegment[];
  readonly edges: readonly FusedEdge[];
  /** The level that holds what layers hand over, and its words. */
  readonly home: string;
  readonly capacityWords: number;
}

/** What of fusion is searched. */
export interface FusionOptions {
  /** Most layers of a segment; 3 unless given. */
  readonly longest?: number;
  /** Asked now and then. */
  readonly goOn?: () => boolean;
}

/**
 * The best that a network can do on given hardware if what one layer hands the next may stay on chip, for every edge
 * that is known, and uneven mappings: both certified, of all ways to cut the network into chains of so many layers.
 *
 * @returns `null` if told to stop, or a layer has no mapping that fits.
 * @throws LoopnestError `unsupported` if a size is free, latency, energy or EDP are limited, or no level of the target
 * may be a home.
 */
export async function fuseNetwork(
  task: SearchTask,
  { longest = 3, goOn = () => true }: FusionOptions = {},
): Promise<FusedNetwork | null> {
  const { network, machine } = fixedNetwork(task);
  const { levels } = task.model.target;
  const { layers: named, edges: all = [] } = task.workload;
  const home = levels.findIndex((level) => level.home === true);
  if (home < 0) {
    throw new LoopnestError({
      ...{ code: "unsupported", path: "target.levels", problem: `${task.model.target.name} has no level with a home` },
      fix: "set home: true at the buffer in which a layer may leave its outputs for the next",
    });
  }
  const pace = makePace();
  const pulse = () => pace.breathe()?.then(goOn) ?? goOn();
  const { energy, latency } = objectiveExponents(task.objective.name);
  const ends = energy === 0 ? "latency" : latency === 0 ? "energy" : "both";
  const layers: PlacedLayer[][] = [];
  for (const i of network.layers.keys()) {
    const hull = await layerHull(optimumOf(network, i, machine), ends, pulse);
    if (hull === null || hull.length === 0) return null;
    layers.push(hull);
  }
  const reasons = edgeRefusals(all);
  const sinks = executionTrees(
    named,
    all.map((edge, e) => (reasons[e] === null ? edge : null)),
  );
  const executions = executionsIn(sinks);
  const hulls = new Map<string, SegmentPoint[]>();
  const endings = new Map(executions.map((execution) => [execution, chainsTo(execution, longest)]));
  const chains = new Map([...endings.values()].flat().map(({ chain }) => [chain.key, chain]));
  for (const chain of [...chains.values()].sort((a, b) => a.layers.length - b.layers.length)) {
    const hull = chain.edges.length === 0 ? single(chain) : await fusedHull(chain);
    if (hull === null) return null;
    hulls.set(chain.key, hull);
  }
  const base = task.model.movementCost(network.movement, machine, "exact");
  const onTop: SegmentPoint = { ...base, outermostWords: 0, parts: [] };
  const separate = await bestOf((weights) =>
    scaledSum([
      { point: onTop, count: 1 },
      ...named.map(({ count }, i) => ({ point: leastOf(hulls.get(String(i)) ?? single(lone(i)), weights), count })),
    ]),
  );
  const together = await bestOf((weights) => {
    const least = new Map<unknown, SegmentPoint>();
    for (const execution of executions) {
      const options = endings
        .get(execution)!
        .map(({ chain, outside }) =>
          scaledSum([
            { point: leastOf(hulls.get(chain.key)!, weights), count: 1 },
            ...outside.map((from) => ({ point: least.get(from)!, count: 1 })),
          ]),
        );
      least.set(execution, leastOf(options, weights));
    }
    return scaledSum([
      { point: onTop, count: 1 },
      ...sinks.map(({ execution, count }) => ({ point: least.get(execution)!, count })),
    ]);
  });
  if (separate === null || together === null) return null;
  const apartOf = new Map(separate.point.parts.map((part) => [part.chain.key, part]));
  const segments = together.point.parts.flatMap(({ chain, fused, count }): NetworkSegment[] => {
    if (fused === null) return [];
    const { energyPj, latencyCycles, outermostWords } = scaledSum(
      chain.layers.map((i) => ({ point: { ...apartOf.get(String(i))!.own, parts: [] }, count: 1 })),
    );
    const names = chain.layers.map((i) => named[i]!.problem.name);
    return [{ layers: names, edges: chain.edges, count, fused, apart: { energyPj, latencyCycles, outermostWords } }];
  });
  return {
    apart: separate.totals,
    fused: together.totals,
    segments,
    edges: all.map((edge, e): FusedEdge => {
      const fused = segments.reduce(
        (n, { edges: own, count }) => n + count * own.filter((other) => other === e).length,
        0,
      );
      return { edge, fused, reason: fused === edge.count ? null : (reasons[e] ?? "costs no less together") };
    }),
    home: levels[home]!.name,
    capacityWords: machine.capacityWords[home]!,
  };

  function lone(i: number): Chain {
    return { layers: [i], edges: [], key: String(i) };
  }

  function single(chain: Chain): SegmentPoint[] {
    return layers[chain.layers[0]!]!.map(({ energyPj, latencyCycles, outermostWords }) => {
      const own = { energyPj, latencyCycles, outermostWords };
      return { ...own, parts: [{ chain, own, fused: null, count: 1 }] };
    });
  }

  /** A chain as one segment, or as the best shorter ones, whichever costs less. */
  function fusedHull(chain: Chain): Promise<SegmentPoint[] | null> {
    const problems = chain.layers.map((i) => named[i]!.problem);
    const own = chain.edges.map((e) => all[e]!);
    const segment = segmentOrRefusal(() => makeSegment(task.model, machine, own, problems, home));
    if (typeof segment === "string" && chain.edges.length === 1) reasons[chain.edges[0]!] = segment;
    const splits = chain.edges.map((_, k) => [part(chain, 0, k), part(chain, k + 1, chain.edges.length)] as const);
    return layerHull<SegmentPoint>(
      (weights) => {
        const shorter = leastOf(
          splits.map((ends) => scaledSum(ends.map((key) => ({ point: leastOf(hulls.get(key)!, weights), count: 1 })))),
          weights,
        );
        if (typeof segment === "string") return shorter;
        const below = weights.energy * shorter.energyPj + weights.latency * shorter.latencyCycles;
        const fused = segmentOptimum(segment, weights, below);
        if (fused === null) return shorter;
        const { energyPj, latencyCycles, outermostWords } = fused;
        const own = { energyPj, latencyCycles, outermostWords };
        return { ...own, parts: [{ chain, own, fused, count: 1 }] };
      },
      ends,
      pulse,
    );
  }

  /** The vertex of everything that the network can reach at which the objective is least. */
  async function bestOf(
    optimum: (weights: Weights) => SegmentPoint,
  ): Promise<{ totals: FusionTotals; point: SegmentPoint } | null> {
    const hull = await layerHull(optimum, ends, pulse);
    if (hull === null) return null;
    const areaMm2 = machine.areaUm2.reduce((sum, area) => sum + area, 0) / 1e6;
    const found = hull.map((point) => {
      const { outermostWords, latencyCycles } = point;
      const own = { energyUj: point.energyPj / 1e6, latencyCycles };
      return {
        point,
        totals: { ...own, outermostWords, value: objectiveValue(task.objective.name, { ...own, areaMm2 }) },
      };
    });
    return found.reduce((a, b) => (b.totals.value < a.totals.value ? b : a));
  }
}

function segmentOrRefusal(make: () => Segment): Segment | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof LoopnestError && error.data.code === "unsupported") return error.data.problem;
    throw error;
  }
}

/** The key of the layers from one to another of a chain. */
function part({ layers, edges }: Chain, from: number, to: number): string {
  let key = String(layers[to]!);
  for (let k = to - 1; k >= from; k--) key = `${layers[k]!} ${edges[k]!} ${key}`;
  return key;
}
