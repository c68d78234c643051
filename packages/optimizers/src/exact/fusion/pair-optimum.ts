import {
  divisors,
  type Edge,
  type Machine,
  type Mapping,
  type PerformanceModel,
  type Problem,
} from "@loopnest/mapspace";
import type { Weights } from "../uneven/placement.js";
import { type HeldLayer, heldMapping, heldWords, makeHeldLayer, type Tile } from "./held-layer.js";

/**
 * Two layers that run in turn under shared loops, with what the one hands the other held on chip. Figures are of one
 * execution of both.
 */
export interface FusedPair {
  readonly energyPj: number;
  readonly latencyCycles: number;
  /** Extents of the producer's dimensions that shared loops cut; the held tile has all of the others. */
  readonly tile: Readonly<Record<string, number>>;
  /**
   * Words of the level that holds it: the tile handed over, what is held all the time, and what each layer takes while
   * it runs.
   */
  readonly words: { readonly tile: number; readonly above: number; readonly running: readonly [number, number] };
  readonly mappings: readonly [Mapping, Mapping];
  /** Words read from the outermost level and written to it. */
  readonly outermostWords: number;
}

/**
 * A way to cut what is handed over, and the order of the shared loops: as the producer and as the consumer names them.
 */
interface Cut {
  readonly tile: readonly [Tile, Tile];
  /** Innermost first. */
  readonly order: readonly [readonly string[], readonly string[]];
}

/** Both layers of an edge, made ready. */
export interface Pair {
  readonly producer: HeldLayer;
  readonly consumer: HeldLayer;
  readonly cuts: readonly Cut[];
  readonly machine: Machine;
  readonly capacityWords: number;
}

/**
 * @param home Level that holds what is handed over.
 * @throws LoopnestError `unsupported` if the model cannot say what store nodes of a layer cost.
 */
export function makePair(
  model: PerformanceModel,
  machine: Machine,
  edge: Edge,
  producer: Problem,
  consumer: Problem,
  home: number,
): Pair {
  const output = producer.tensors.find(({ role }) => role === "output")!;
  let tiles: [from: string, to: string, extent: number][][] = [[]];
  for (const [from, to] of edge.ranks) {
    const bound = producer.dims[from]!;
    if (bound === 1 || edge.whole?.includes(from)) continue;
    const extents = divisors(bound).filter((extent) => extent < bound);
    // A dimension that is not cut has no shared loop.
    tiles = tiles.flatMap((own) => [own, ...extents.map((extent): typeof own => [...own, [from, to, extent]])]);
  }
  const cuts = tiles.flatMap((own) =>
    permutations(own).map(
      (order): Cut => ({
        tile: [new Map(own.map(([from, , n]) => [from, n])), new Map(own.map(([, to, n]) => [to, n]))],
        order: [order.map(([from]) => from), order.map(([, to]) => to)],
      }),
    ),
  );
  return {
    producer: makeHeldLayer(model, machine, producer, home, output.name),
    consumer: makeHeldLayer(model, machine, consumer, home, edge.tensor),
    cuts,
    machine,
    capacityWords: machine.capacityWords[home]!,
  };
}

/**
 * The pair that minimises a weighted sum of energy and latency, over all tiles, placements and loop orders.
 *
 * @param below A value to beat.
 * @returns `null` if nothing is below.
 */
export function pairOptimum(pair: Pair, weights: Weights, below: number): FusedPair | null {
  const { producer, consumer, cuts, machine, capacityWords } = pair;
  const bounded = cuts
    .filter(({ tile }) => producer.words(tile[0]) <= capacityWords)
    .map((cut) => ({
      ...cut,
      least: [producer.least(weights, cut.tile[0]), consumer.least(weights, cut.tile[1])] as const,
    }))
    .sort((a, b) => a.least[0] + a.least[1] - b.least[0] - b.least[1]);
  let best = below;
  let found: FusedPair | null = null;
  for (const { tile, order, least } of bounded) {
    if (least[0] + least[1] >= best) break;
    const held = producer.words(tile[0]);
    const first = producer.front(weights, tile[0], order[0], best - least[1]);
    if (first.length === 0) continue;
    const second = consumer.front(weights, tile[1], order[1], best - Math.min(...first.map(({ value }) => value)));
    for (const a of first) {
      for (const b of second) {
        const above = a.wordsAbove + b.wordsAbove;
        if (Math.max(a.wordsBelow, b.wordsBelow) + above + held > capacityWords || a.value + b.value >= best) continue;
        best = a.value + b.value;
        found = {
          energyPj: a.energyPj + b.energyPj,
          latencyCycles: a.latencyCycles + b.latencyCycles,
          tile: Object.fromEntries(tile[0]),
          words: { tile: held, above, running: [a.wordsBelow, b.wordsBelow] },
          mappings: [heldMapping(producer, a), heldMapping(consumer, b)],
          outermostWords: heldWords(producer, machine, a) + heldWords(consumer, machine, b),
        };
      }
    }
  }
  return found;
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
