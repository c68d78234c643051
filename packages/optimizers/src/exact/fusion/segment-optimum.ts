import type { Edge, Machine, Mapping, Problem } from "@loopnest/mapspace";
import type { Weights } from "../uneven/placement.js";
import { type HeldLayer, type HeldPlacement, heldMapping, heldWords } from "./held-layer.js";
import { type SharedCut, sharedCuts } from "./shared-cuts.js";

/**
 * Layers that run in turn under shared loops, with what each hands the next held on chip. Figures are of one execution
 * of all.
 */
export interface FusedSegment {
  readonly energyPj: number;
  readonly latencyCycles: number;
  /**
   * Extents of the first layer's dimensions that shared loops cut, outermost first; held tiles have all of the others.
   */
  readonly tile: Readonly<Record<string, number>>;
  /** Words of the level that holds it. */
  readonly words: {
    /** What each edge hands over: a tile, and what is kept of those before. */
    readonly held: readonly number[];
    /** What is kept outside the shared loops, all the time. */
    readonly above: number;
    /** What each layer takes for itself while it runs. */
    readonly running: readonly number[];
    /** All that is held while each layer runs. */
    readonly occupied: readonly number[];
  };
  /** One per layer. */
  readonly mappings: readonly Mapping[];
  /** Words read from the outermost level and written to it. */
  readonly outermostWords: number;
}

/** A chain of layers, made ready. */
export interface Segment {
  readonly layers: readonly HeldLayer[];
  readonly machine: Machine;
  readonly capacityWords: number;
  /** Cuts that fit, the one with the least bound first. */
  bounded(weights: Weights): readonly BoundedCut[];
  /** A value that no tile and placement has less of; infinite if nothing can be held. */
  least(weights: Weights): number;
}

/** A cut with what is held while each layer runs, and what each layer costs at least. */
interface BoundedCut {
  readonly cut: SharedCut;
  readonly held: readonly number[];
  readonly values: readonly number[];
  readonly least: number;
}

/** Makes a layer ready some of whose tensors are held. */
export type HeldLayerMaker = (problem: Problem, tensors: readonly string[]) => HeldLayer;

/** Some of the layers of a segment, with a placement for each. */
interface Partial {
  readonly value: number;
  readonly above: number;
  /** The most that a layer takes besides what is above. */
  readonly most: number;
  readonly chosen: readonly HeldPlacement[];
}

/**
 * @param edges Edge i leads from problem i to problem i + 1.
 * @param home Level that holds what is handed over.
 * @throws LoopnestError `unsupported` if the model cannot say what store nodes of a layer cost.
 */
export function makeSegment(
  machine: Machine,
  edges: readonly Edge[],
  problems: readonly Problem[],
  home: number,
  heldLayer: HeldLayerMaker,
): Segment {
  const layers = problems.map((problem, k) => heldLayer(problem, heldTensors(edges, problem, k)));
  const cuts = cutsInWords(edges, problems, (k, tensor, elements) => layers[k]!.wordsOf(tensor, elements));
  const capacityWords = machine.capacityWords[home]!;
  const bounded = boundedCuts(layers, cuts, capacityWords);
  return {
    ...{ layers, machine, capacityWords, bounded },
    least: (weights) => bounded(weights)[0]?.least ?? Number.POSITIVE_INFINITY,
  };
}

/** Cuts that fit, with what they hold and cost at least, the cheapest first; of the weights asked for last. */
function boundedCuts(layers: readonly HeldLayer[], cuts: readonly SharedCut[], capacityWords: number) {
  const fitting = cuts.flatMap((cut) => {
    const held = layers.map((_, k) => heldWhile(cut, k));
    return Math.max(...held) > capacityWords ? [] : [{ cut, held }];
  });
  let known: { readonly weights: Weights; readonly cuts: readonly BoundedCut[] } | null = null;
  return (weights: Weights): readonly BoundedCut[] => {
    if (known?.weights === weights) return known.cuts;
    const values = new Map<SharedCut["tiles"], number[]>();
    const bounded = fitting.map(({ cut, held }) => {
      const own = values.get(cut.tiles) ?? layers.map((layer, k) => layer.least(weights, cut.tiles[k]!));
      values.set(cut.tiles, own);
      return { cut, held, values: own, least: sum(own) };
    });
    bounded.sort((a, b) => a.least - b.least);
    known = { weights, cuts: bounded };
    return bounded;
  };
}

/**
 * The segment that minimises a weighted sum of energy and latency, over all tiles, placements and loop orders.
 *
 * @param below A value to beat.
 * @returns `null` if nothing is below, `stopped` if it was told to.
 */
export async function segmentOptimum(
  segment: Segment,
  weights: Weights,
  below: number,
  goOn: () => boolean | Promise<boolean> = () => true,
): Promise<FusedSegment | null | "stopped"> {
  let best = below;
  let found: FusedSegment | null = null;
  for (const { cut, held, values, least } of segment.bounded(weights)) {
    if (least >= best) break;
    if (!(await goOn())) return "stopped";
    for (const partial of joined(segment, weights, cut, held, values, best)) {
      if (partial.value >= best) continue;
      best = partial.value;
      found = fused(segment, cut, held, partial);
    }
  }
  return found;
}

/** Tensors of layer k of a chain that are held. */
export function heldTensors(edges: readonly Edge[], problem: Problem, k: number): string[] {
  return [...(k > 0 ? [edges[k - 1]!.tensor] : []), ...(k < edges.length ? [outputOf(problem)] : [])];
}

/**
 * All cuts of a chain, what is held in words.
 *
 * @param wordsOf Words of the home that so many elements of a tensor of layer k take.
 */
export function cutsInWords(
  edges: readonly Edge[],
  problems: readonly Problem[],
  wordsOf: (k: number, tensor: string, elements: number) => number,
): SharedCut[] {
  /** As wide as the wider of both sides has it: sums that are not finished may be. */
  const ofEdge = (edge: number, elements: number) =>
    Math.max(wordsOf(edge, outputOf(problems[edge]!), elements), wordsOf(edge + 1, edges[edge]!.tensor, elements));
  return sharedCuts(edges, problems).map((cut) => ({
    ...cut,
    held: cut.held.map(({ words, halo }, edge) => ({ words: ofEdge(edge, words), halo: ofEdge(edge, halo) })),
  }));
}

function outputOf({ tensors }: Problem): string {
  return tensors.find(({ role }) => role === "output")!.name;
}

/** Words held for all layers while layer k runs: tiles that it makes and reads, and halos of all others. */
export function heldWhile({ held }: SharedCut, k: number): number {
  return held.reduce((all, { words, halo }, edge) => all + (edge === k || edge === k - 1 ? words : halo), 0);
}

/** Whole segments, of which none is nowhere worse than another, layer after layer. */
function joined(
  { layers, capacityWords }: Segment,
  weights: Weights,
  { tiles, orders }: SharedCut,
  held: readonly number[],
  least: readonly number[],
  best: number,
): readonly Partial[] {
  let partials: Partial[] = [{ value: 0, above: 0, most: 0, chosen: [] }];
  for (const [k, layer] of layers.entries()) {
    const rest = sum(least.slice(k + 1));
    const before = Math.min(...partials.map(({ value }) => value));
    const shared = { tile: tiles[k]!, order: orders[k]!, heldWords: held[k]! };
    const front = layer.front(weights, shared, best - before - rest);
    const next: Partial[] = [];
    for (const partial of partials) {
      for (const own of front) {
        const value = partial.value + own.value;
        const above = partial.above + own.wordsAbove;
        const most = Math.max(partial.most, own.wordsBelow + held[k]!);
        if (value + rest >= best || above + most > capacityWords) continue;
        next.push({ value, above, most, chosen: [...partial.chosen, own] });
      }
    }
    partials = undominated(next);
    if (partials.length === 0) return [];
  }
  return partials;
}

function undominated(list: Partial[]): Partial[] {
  list.sort((a, b) => a.value - b.value || a.above + a.most - b.above - b.most);
  const kept: Partial[] = [];
  for (const own of list) {
    if (!kept.some(({ above, most }) => above <= own.above && most <= own.most)) kept.push(own);
  }
  return kept;
}

function fused(
  { layers, machine }: Segment,
  cut: SharedCut,
  held: readonly number[],
  { chosen, above }: Partial,
): FusedSegment {
  const [tile, order] = [cut.tiles[0]!, cut.orders[0]!];
  return {
    energyPj: sum(chosen.map(({ energyPj }) => energyPj)),
    latencyCycles: sum(chosen.map(({ latencyCycles }) => latencyCycles)),
    tile: Object.fromEntries([...order].reverse().map((dim) => [dim, tile.get(dim)!])),
    words: {
      held: cut.held.map(({ words }) => words),
      above,
      running: chosen.map(({ wordsBelow }) => wordsBelow),
      occupied: chosen.map(({ wordsBelow }, k) => above + held[k]! + wordsBelow),
    },
    mappings: chosen.map((own, k) => heldMapping(layers[k]!, own)),
    outermostWords: sum(chosen.map((own, k) => heldWords(layers[k]!, machine, own))),
  };
}

function sum(list: readonly number[]): number {
  return list.reduce((all, one) => all + one, 0);
}
