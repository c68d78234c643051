import {
  type Architecture,
  type Counts,
  homeEntry,
  LoopnestError,
  type Mapping,
  type Problem,
  type TemporalLoop,
} from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "../evaluate/evaluate.js";

/** A temporal loop and the level where it stands. */
export interface PlacedLoop {
  readonly level: string;
  readonly dim: string;
  readonly factor: number;
}

/** A tensor of which words pass the outermost level that keeps it more than once. */
export interface Refetch {
  readonly tensor: string;
  /** Whether they are written there again and again (partial sums), or read. */
  readonly isOutput: boolean;
  readonly from: string;
  /** The next level inside that keeps it, or `compute`. */
  readonly to: string;
  /** Words that pass over words that the tensor has. */
  readonly times: number;
  /** Loops that do not move the tensor, outside some that do: each of their steps fetches it anew. Outermost first. */
  readonly loops: readonly PlacedLoop[];
  /**
   * What one of them moved inside all other loops of its level does, the one that helps EDP most; `null` if none fits.
   * Whether the hardware lets its loops stand in that order is not asked.
   */
  readonly moved: MovedLoop | null;
}

/** A mapping with one loop elsewhere, beside the mapping as it is. */
export interface MovedLoop {
  readonly loop: PlacedLoop;
  /** `times` of the tensor then. */
  readonly times: number;
  /** Energy and cycles over those of the mapping. */
  readonly energy: number;
  readonly cycles: number;
}

/** Traffic that is no more than this over the tensor's words is none that a loop's place could spare. */
const ROUNDING = 0.01;

/** Whose counting, and which tensors are held for other layers. */
interface Counted {
  readonly counts: Counts;
  readonly held: readonly string[];
}

/** Why tensors are fetched from their outermost level again and again, the one with the most words first. */
export function refetches(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  evaluation: Evaluation,
  counted: Counted,
): Refetch[] {
  const home = homeEntry(mapping, counted.held);
  const found = problem.tensors.flatMap((tensor) => {
    const { name, role, ranks } = tensor;
    const keepers = mapping.flatMap(({ keeps }, i) => (keeps.includes(name) ? [i] : []));
    const [outer, inner] = keepers;
    if (outer === undefined) return [];
    const passing = timesOf(evaluation, mapping[outer]!.level, tensor, problem);
    const moving = new Set(ranks.flat().map(([dim]) => dim));
    const loops = repeating(
      mapping.slice(0, inner ?? mapping.length),
      moving,
      home < (inner ?? mapping.length) ? home : 0,
    );
    if (passing.times < 1 + ROUNDING || loops.length === 0) return [];
    // A loop that other layers share is not this one's to move.
    const moved = repeating(mapping.slice(0, inner ?? mapping.length), moving, 0, home)
      .flatMap((loop) => {
        const other = costOf(problem, architecture, innermost(mapping, loop), counted);
        if (other === null) return [];
        const { times } = timesOf(other, mapping[outer]!.level, tensor, problem);
        const { energyPj, cycles } = evaluation;
        return [{ loop, times, energy: other.energyPj / energyPj, cycles: other.cycles / cycles }];
      })
      .reduce<MovedLoop | null>(
        (best, own) => (best === null || own.energy * own.cycles < best.energy * best.cycles ? own : best),
        null,
      );
    const to = inner === undefined ? "compute" : mapping[inner]!.level;
    const refetch: Refetch = {
      ...{ tensor: name, isOutput: role === "output", from: mapping[outer]!.level, to, times: passing.times },
      ...{ loops, moved },
    };
    return [{ words: passing.words, refetch }];
  });
  return found.sort((a, b) => b.words - a.words).map(({ refetch }) => refetch);
}

/** Words that pass a level, and how often that is the tensor's words: those that windows reach, gaps included. */
function timesOf(
  { levels }: Evaluation,
  level: string,
  { name, role, ranks }: Problem["tensors"][number],
  { dims }: Problem,
) {
  const { reads, updates } = levels[level]!.tensors[name]!;
  const words = role === "output" ? updates : reads;
  const own = ranks.reduce(
    (product, rank) => product * rank.reduce((sum, [dim, k]) => sum + k * (dims[dim]! - 1), 1),
    1,
  );
  return { words, times: words / own };
}

/**
 * Loops that do not move a tensor, and have one inside that does.
 *
 * @param shared Entries whose loops other layers share: each of their steps fetches everything inside anew.
 * @param from The first entry whose loops are looked at.
 */
function repeating(nodes: Mapping, moving: ReadonlySet<string>, shared: number, from = 0): PlacedLoop[] {
  const all = nodes.flatMap(({ level, temporal }, entry) =>
    temporal.filter(([, factor]) => factor > 1).map(([dim, factor]) => ({ entry, loop: { level, dim, factor } })),
  );
  return all.flatMap(({ entry, loop }, i) => {
    if (entry < from || moving.has(loop.dim)) return [];
    const repeats = entry < shared || all.slice(i + 1).some((inside) => moving.has(inside.loop.dim));
    return repeats ? [loop] : [];
  });
}

/** The mapping with a loop inside all others of its level (its first node that has it). */
function innermost(mapping: Mapping, { level, dim }: PlacedLoop): Mapping {
  const at = mapping.findIndex((node) => node.level === level && node.temporal.some(([own]) => own === dim));
  const isOwn = ([own, factor]: TemporalLoop) => own === dim && factor > 1;
  return mapping.map((node, i) =>
    i === at
      ? { ...node, temporal: [...node.temporal.filter((loop) => !isOwn(loop)), ...node.temporal.filter(isOwn)] }
      : node,
  );
}

function costOf(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  { counts, held }: Counted,
): Evaluation | null {
  try {
    return evaluate(problem, architecture, mapping, counts, held);
  } catch (error) {
    if (error instanceof LoopnestError) return null;
    throw error;
  }
}
