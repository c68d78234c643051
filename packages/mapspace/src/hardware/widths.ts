import { LoopnestError } from "../errors/loopnest-error.js";
import type { Problem, Tensor } from "../problem/problem.js";
import type { StorageLevel } from "./architecture.js";

/**
 * How wide the elements of every tensor are at every level, in bits; for tensor t at level l (outermost first) at
 * `t * levelCount + l`. Where nothing is said, an element takes one word of the level, whatever its width.
 */
export interface Widths {
  readonly levelCount: number;
  /** Bits of a word of every level. */
  readonly wordBits: Float64Array;
  /** Of an input's element; of an output's as a partial sum. */
  readonly bits: Float64Array;
  /** Of an output's element once it is finished and written to the outermost level that keeps it. */
  readonly finishedBits: Float64Array;
}

/** What widths look at in a level. */
type SizedLevel = Pick<StorageLevel, "name" | "keeps" | "wordBits" | "bits">;

/**
 * The widths of a problem's tensors on levels, outermost first; `null` where every element takes one word of every
 * level that may keep it, so that elements and words are one.
 *
 * @throws LoopnestError `unsupported` if a level says fewer bits than the elements have that it may keep.
 */
export function tensorWidths(problem: Problem, levels: readonly SizedLevel[]): Widths | null {
  const { tensors } = problem;
  if (tensors.every((tensor) => saysNothing(tensor)) && levels.every(({ bits }) => bits === undefined)) return null;
  const levelCount = levels.length;
  const bits = new Float64Array(tensors.length * levelCount);
  const finishedBits = new Float64Array(tensors.length * levelCount);
  let plain = true;
  tensors.forEach((tensor, t) => {
    levels.forEach((level, l) => {
      const { wordBits, keeps } = level;
      const own = keeps.includes(tensor.name)
        ? widthAt(tensor, level, l, levels)
        : { bits: wordBits, finished: wordBits };
      bits[t * levelCount + l] = own.bits;
      finishedBits[t * levelCount + l] = own.finished;
      plain &&= own.bits === wordBits && own.finished === wordBits;
    });
  });
  if (plain) return null;
  return { levelCount, wordBits: Float64Array.from(levels, ({ wordBits }) => wordBits), bits, finishedBits };
}

/**
 * What elements of tensor t take at level l, in words of the level: exactly whole where they fill whole words. Of an
 * output, partial sums; elements themselves where they are a word each.
 */
export function levelWords(widths: Widths | null, t: number, l: number, elements: number): number {
  if (widths === null) return elements;
  return (elements * widths.bits[t * widths.levelCount + l]!) / widths.wordBits[l]!;
}

/** The same of finished elements of an output, at the outermost level that keeps it. */
export function finishedLevelWords(widths: Widths | null, t: number, l: number, elements: number): number {
  if (widths === null) return elements;
  return (elements * widths.finishedBits[t * widths.levelCount + l]!) / widths.wordBits[l]!;
}

function saysNothing({ bits, partialSumBits }: Tensor): boolean {
  return bits === undefined && partialSumBits === undefined;
}

function widthAt(
  tensor: Tensor,
  level: SizedLevel,
  l: number,
  levels: readonly SizedLevel[],
): { readonly bits: number; readonly finished: number } {
  const { name, role, bits: own = 0, partialSumBits: unfinished = 0 } = tensor;
  const said = Object.hasOwn(level.bits ?? {}, name) ? level.bits![name]! : undefined;
  const inner = levels.some(({ keeps }, k) => k < l && keeps.includes(name));
  // Unfinished sums of an output come back to an inner level; outermost they are kept beside finished ones.
  const least = role === "output" && inner ? Math.max(own, unfinished) : own;
  if (said !== undefined && said < least) {
    throw new LoopnestError({
      code: "unsupported",
      path: `levels[${l}].bits.${name}`,
      problem:
        `${level.name} holds ${name} in ${said} bits, but ` +
        (least === own ? `its elements have ${own}` : `its partial sums have ${unfinished}`),
      fix: `give ${level.name} at least ${least} bits, or the tensor fewer`,
      level: level.name,
      tensor: name,
    });
  }
  const { wordBits } = level;
  if (role === "input") {
    const bits = said ?? (own || wordBits);
    return { bits, finished: bits };
  }
  const finished = said ?? (own || wordBits);
  return { bits: Math.max(said ?? (unfinished || wordBits), unfinished, finished), finished };
}
