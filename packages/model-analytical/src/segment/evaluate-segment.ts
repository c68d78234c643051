import {
  type Architecture,
  type Counts,
  defaultCounts,
  type Edge,
  heldTensor,
  homeEntry,
  LoopnestError,
  loopsOutside,
  type Mapping,
  type Problem,
  type TemporalLoop,
  tensorWidths,
} from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "../evaluate/evaluate.js";
import { nodeTiles } from "../explain/level-use.js";

/** A layer of a segment. Its mapping holds what it makes for the next, and what it reads of the one before. */
export interface SegmentLayer {
  readonly problem: Problem;
  readonly mapping: Mapping;
}

/** Words of the home: of the level that holds what layers hand each other. */
export interface SegmentWords {
  /** Per edge: what is held from when its producer begins with a tile until its consumer is done with it. */
  readonly held: readonly number[];
  /** Per edge, of these: what is held while other layers run. */
  readonly halo: readonly number[];
  /** What all layers keep outside the shared loops, all the time. */
  readonly above: number;
  /** Per layer, what it takes for itself while it runs. */
  readonly running: readonly number[];
  /** Per layer, all that is held while it runs. */
  readonly occupied: readonly number[];
}

/** What layers cost that run in turn under shared loops. Figures are of one execution of all. */
export interface SegmentEvaluation {
  readonly layers: readonly Evaluation[];
  readonly home: string;
  /** Shared loops as the first layer names their dimensions, outermost first. */
  readonly loops: readonly TemporalLoop[];
  readonly words: SegmentWords;
}

/** Tensors that layer k of a chain holds for its neighbours. */
export function heldTensors(layers: readonly Pick<SegmentLayer, "problem">[], edges: readonly Edge[], k: number) {
  return [...(k > 0 ? [edges[k - 1]!.tensor] : []), ...(k < edges.length ? [outputOf(layers[k]!.problem)] : [])];
}

/**
 * Evaluates layers that run in turn under shared loops, with what each hands the next held on chip, from their mappings
 * alone.
 *
 * @param edges Edge i leads from layer i to layer i + 1.
 * @throws LoopnestError as `evaluate`; `input` if the layers do not share their loops outside what is held; `capacity`
 * if not all that is held at one time fits its level; `unsupported` where elements are not a word each.
 */
export function evaluateSegment(
  layers: readonly SegmentLayer[],
  edges: readonly Edge[],
  architecture: Architecture,
  counts: Counts = defaultCounts,
): SegmentEvaluation {
  const { levels } = architecture;
  const parts = layers.map(({ problem, mapping }, k) => {
    if (tensorWidths(problem, levels) !== null) throw unequalWidths(problem);
    const held = heldTensors(layers, edges, k);
    const evaluation = evaluate(problem, architecture, mapping, counts, held);
    const entry = homeEntry(mapping, held);
    const tiles = nodeTiles(problem, levels, mapping);
    const { level } = tiles[entry]!;
    const words = (from: number, to: number) =>
      tiles
        .slice(from, to)
        .flatMap((node) => (node.level === level ? node.tiles : []))
        .reduce((sum, tile) => sum + tile.words, 0);
    const loops = loopsOutside(mapping, entry);
    return { evaluation, level, loops, above: words(0, entry), running: words(entry + 1, tiles.length) };
  });
  const { level, loops } = parts[0]!;
  parts.forEach((part, k) => {
    if (part.level !== level) throw apart(layers[k]!.problem, "holds at another level");
    if (k > 0) checkShared(edges[k - 1]!, layers[k]!.problem, parts[k - 1]!.loops, part.loops);
  });
  const tiles = layers.map(
    ({ problem }, k) => new Map(parts[k]!.loops.map(([dim, trips]) => [dim, problem.dims[dim]! / trips])),
  );
  const held = edges.map((edge, k) => {
    const order = parts[k + 1]!.loops.map(([dim]) => dim).reverse();
    return heldTensor(edge, [layers[k]!.problem, layers[k + 1]!.problem], [tiles[k]!, tiles[k + 1]!], order);
  });
  const above = parts.reduce((sum, part) => sum + part.above, 0);
  const occupied = parts.map(({ running }, k) =>
    held.reduce((sum, { words, halo }, e) => sum + (e === k || e === k - 1 ? words : halo), above + running),
  );
  checkHome(architecture, level, occupied, layers);
  return {
    layers: parts.map(({ evaluation }) => evaluation),
    home: levels[level]!.name,
    loops,
    words: {
      held: held.map(({ words }) => words),
      halo: held.map(({ halo }) => halo),
      above,
      running: parts.map(({ running }) => running),
      occupied,
    },
  };
}

/** Words that layers read from the outermost level and write to it. */
export function outermostWords({ levels }: Evaluation): number {
  const [outermost] = Object.values(levels);
  return Object.values(outermost!.tensors).reduce((sum, { reads, updates }) => sum + reads + updates, 0);
}

function outputOf({ tensors }: Problem): string {
  return tensors.find(({ role }) => role === "output")!.name;
}

function checkShared(
  { ranks, whole = [] }: Edge,
  consumer: Problem,
  made: readonly TemporalLoop[],
  read: readonly TemporalLoop[],
): void {
  const toRead = new Map(ranks.filter(([from]) => !whole.includes(from)));
  const same =
    made.length === read.length &&
    made.every(([dim, trips], i) => toRead.get(dim) === read[i]![0] && trips === read[i]![1]);
  if (same) return;
  const text = (loops: readonly TemporalLoop[]) => loops.map(([dim, trips]) => `${dim} ${trips}`).join(", ") || "none";
  throw apart(consumer, `shares the loops ${text(read)}, the layer before it ${text(made)}`);
}

function checkHome(
  { levels }: Architecture,
  home: number,
  occupied: readonly number[],
  layers: readonly SegmentLayer[],
): void {
  const { name, capacityWords } = levels[home]!;
  const needed = Math.max(...occupied);
  if (capacityWords === null || needed <= capacityWords) return;
  const layer = layers[occupied.indexOf(needed)]!.problem.name;
  throw new LoopnestError({
    ...{ code: "capacity", path: "mapping", level: name, needed, available: capacityWords },
    problem: `while ${layer} runs, ${name} holds ${needed} words, ${capacityWords} are there`,
    fix: `make what layers hand each other, or their own tiles, smaller by ${needed - capacityWords} words`,
  });
}

function apart({ name }: Problem, problem: string): LoopnestError {
  return new LoopnestError({
    ...{ code: "input", path: "mapping", problem: `${name} ${problem}` },
    fix: "let all layers of a segment have the same loops outside of what they hold, over ranks of it",
  });
}

function unequalWidths({ name }: Problem): LoopnestError {
  return new LoopnestError({
    ...{ code: "unsupported", path: "problem", problem: `elements of ${name} are not one word of every level each` },
    fix: "run its layers one by one",
  });
}
