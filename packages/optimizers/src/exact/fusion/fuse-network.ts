import { type Cost, type Edge, LoopnestError, type Machine } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { makePace } from "../../run/pace.js";
import { objectiveExponents, objectiveValue } from "../../search/objective.js";
import type { SearchTask } from "../../search/task.js";
import { makeLowerHull } from "../bounds/lower-hull.js";
import { makeNetworkHull } from "../bounds/network-hull.js";
import { fixedNetwork, optimumOf } from "../uneven/fixed-network.js";
import { layerHull } from "../uneven/layer-hull.js";
import type { Weights } from "../uneven/placement.js";
import type { PlacedLayer } from "../uneven/weighted-optimum.js";
import { type FusedPair, makePair, type Pair, pairOptimum } from "./pair-optimum.js";

/** Totals of a network, each the best of its kind for the objective. */
export interface FusionTotals {
  readonly value: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
  /** Words read from the outermost level and written to it, by layers. */
  readonly outermostWords: number;
}

/** What became of an edge. Figures are of one execution of both layers. */
export interface FusedEdge {
  readonly edge: Edge;
  /** How the two run together; `null` if they do not. */
  readonly fused: FusedPair | null;
  /** What both take apart, as best for the whole network without fusion. */
  readonly apart: Readonly<Cost> & { readonly outermostWords: number };
  /** Why it is not fused; `null` if it is. */
  readonly reason: string | null;
}

/** A network with and without fusion, both proved. */
export interface FusedNetwork {
  readonly apart: FusionTotals;
  readonly fused: FusionTotals;
  readonly edges: readonly FusedEdge[];
  /** The level that holds what layers hand over, and its words. */
  readonly home: string;
  readonly capacityWords: number;
}

/** A point that a layer, or a pair, can reach: of one execution. */
type Point = Readonly<Cost> & { readonly outermostWords: number; readonly pair?: FusedPair };

/**
 * The best that a network can do on given hardware if what one layer hands the next may stay on chip, for every edge
 * that is known, and uneven mappings: both certified. Segments are pairs of layers.
 *
 * @param goOn Asked now and then.
 * @returns `null` if told to stop, or a layer has no mapping that fits.
 * @throws LoopnestError `unsupported` if a size is free, latency, energy or EDP are limited, or no level of the target
 * may be a home.
 */
export async function fuseNetwork(task: SearchTask, goOn: () => boolean = () => true): Promise<FusedNetwork | null> {
  const { network, machine } = fixedNetwork(task);
  const { levels } = task.model.target;
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
  const taken = new Map<number, Edge>();
  const pairs: { edge: Edge; ends: [number, number]; hull: Point[]; reason: string | null }[] = [];
  for (const edge of task.workload.edges ?? []) {
    const found = [edge.from, edge.to].map((name) => network.layers.findIndex((layer) => layer.name === name));
    const own = found as [number, number];
    const shared = own.map((i) => taken.get(i)).find((other) => other !== undefined);
    const apart = (weights: Weights): Point => sum(own.map((i) => least(layers[i]!, weights)));
    const made = shared === undefined ? preparePair(task, machine, edge, home) : sharedReason(shared);
    if (typeof made === "string") {
      pairs.push({ edge, ends: own, hull: [], reason: made });
      continue;
    }
    for (const i of own) taken.set(i, edge);
    const hull = await layerHull<Point>((weights) => fusedOrApart(made, weights, apart(weights)), ends, pulse);
    if (hull === null) return null;
    pairs.push({ edge, ends: own, hull, reason: null });
  }
  const separate = bestSum(
    task,
    network,
    machine,
    layers.map((points, i) => ({ points, count: network.layers[i]!.count })),
  );
  const left = network.layers.map(({ count }, i) =>
    pairs.reduce(
      (rest, { edge, ends, hull }) => (hull.length > 0 && ends.includes(i) ? rest - edge.count : rest),
      count,
    ),
  );
  const groups = [
    ...layers.map((points, i) => ({ points: points as Point[], count: left[i]! })),
    ...pairs.filter(({ hull }) => hull.length > 0).map(({ hull, edge }) => ({ points: hull, count: edge.count })),
  ];
  const together = bestSum(task, network, machine, groups);
  let next = layers.length;
  const edges = pairs.map(({ edge, ends, hull, reason }): FusedEdge => {
    const fused = hull.length > 0 ? (together.chosen[next++]!.pair ?? null) : null;
    const apart = sum(ends.map((i) => separate.chosen[i]!));
    return { edge, fused, apart, reason: fused === null ? (reason ?? "costs no less together") : null };
  });
  const capacityWords = machine.capacityWords[home]!;
  return { apart: separate.totals, fused: together.totals, edges, home: levels[home]!.name, capacityWords };
}

function sharedReason({ from, to }: Edge): string {
  return `${from} > ${to} has one of its layers: segments are pairs`;
}

function preparePair({ model, workload }: SearchTask, machine: Machine, edge: Edge, home: number): Pair | string {
  const [from, to] = [edge.from, edge.to].map((name) => workload.layers.find(({ problem }) => problem.name === name));
  if (from === undefined || to === undefined) return "one of its layers is not there";
  try {
    return makePair(model, machine, edge, from.problem, to.problem, home);
  } catch (error) {
    if (error instanceof LoopnestError && error.data.code === "unsupported") return error.data.problem;
    throw error;
  }
}

function fusedOrApart(pair: Pair, weights: Weights, apart: Point): Point {
  const found = pairOptimum(pair, weights, weights.energy * apart.energyPj + weights.latency * apart.latencyCycles);
  return found === null ? apart : { ...found, pair: found };
}

function least<T extends Readonly<Cost>>(points: readonly T[], { energy, latency }: Weights): T {
  const value = (point: T) => energy * point.energyPj + latency * point.latencyCycles;
  return points.reduce((a, b) => (value(b) < value(a) ? b : a));
}

function sum(points: readonly Point[]): Point {
  const total = (field: keyof Cost | "outermostWords") => points.reduce((all, point) => all + point[field], 0);
  return {
    energyPj: total("energyPj"),
    latencyCycles: total("latencyCycles"),
    outermostWords: total("outermostWords"),
  };
}

/** The best sum of one point of every group: a vertex of the sum of their hulls. */
function bestSum(
  { model, objective }: SearchTask,
  { movement }: Network,
  machine: Machine,
  groups: readonly { readonly points: readonly Point[]; readonly count: number }[],
): { totals: FusionTotals; chosen: Point[] } {
  const areaMm2 = machine.areaUm2.reduce((all, area) => all + area, 0) / 1e6;
  const hulls = groups.map(({ points, count }) => {
    const hull = makeLowerHull();
    for (const [i, point] of points.entries()) hull.push(count * point.latencyCycles, count * point.energyPj, i);
    return hull;
  });
  const all = makeNetworkHull(hulls, model.movementCost(movement, machine, "exact"));
  all.sweep();
  const totals = Array.from({ length: all.count }, (_, k) => {
    const own = { energyUj: all.energy[k]! / 1e6, latencyCycles: all.latency[k]! };
    return { ...own, value: objectiveValue(objective.name, { ...own, areaMm2 }), k };
  });
  const { k, ...best } = totals.reduce((a, b) => (b.value < a.value ? b : a));
  const choice = new Int32Array(hulls.length);
  all.choice(k, choice);
  const chosen = groups.map(({ points }, i) => points[hulls[i]!.point[choice[i]!]!]!);
  const outermostWords = chosen.reduce((words, point, i) => words + groups[i]!.count * point.outermostWords, 0);
  return { totals: { ...best, outermostWords }, chosen };
}
