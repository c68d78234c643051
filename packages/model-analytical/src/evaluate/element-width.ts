import {
  type LoopNest,
  LoopnestError,
  levelWords,
  type Problem,
  type StorageLevel,
  type Traffic,
  type Widths,
} from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";

/** Accesses of one instance. */
export interface InstanceCounts {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
}

/** How wide a tensor's elements are at a level, and what that makes of its counts. */
export interface ElementWidth {
  /** Of an input's element; of an output's as a partial sum. */
  readonly bits: number;
  /** Of an output's finished element at the outermost level that keeps it, where it is another. */
  readonly finishedBits?: number;
  /** Counts and tile of one instance in words of the level, of which rows, ports and capacity are made. */
  readonly levelWords: InstanceCounts & { readonly utilizedCapacity: number };
}

/** The width of tensor t at level l as a field; no field where its elements are a word each. */
export function elementWidth(
  state: NestState,
  seen: Traffic,
  nest: LoopNest,
  t: number,
  l: number,
): { readonly width?: ElementWidth } {
  const { widths } = state;
  if (widths === null) return {};
  const cell = t * seen.levelCount + l;
  const bits = widths.bits[cell]!;
  const isOutermost = nest.keeps.findIndex((kept) => ((kept >> t) & 1) === 1) === l;
  const finishedBits = isOutermost ? widths.finishedBits[cell]! : bits;
  if (bits === widths.wordBits[l] && finishedBits === bits) return {};
  return {
    width: {
      bits,
      ...(finishedBits !== bits && { finishedBits }),
      levelWords: {
        reads: seen.reads[cell]!,
        updates: seen.updates[cell]!,
        fills: seen.fills[cell]!,
        utilizedCapacity: levelWords(widths, t, l, state.tileWords[cell]!),
      },
    },
  };
}

/** Counts of one instance in words of the level, of which rows are filled and ports are busy. */
export function levelCounts({
  perInstance,
  width,
}: {
  readonly perInstance: InstanceCounts;
  readonly width?: ElementWidth;
}): InstanceCounts {
  return width?.levelWords ?? perInstance;
}

/**
 * Wires are priced by the word: what part of a word, or how many, an element takes of a wire is not known.
 *
 * @throws LoopnestError `unsupported` if a level's wires have prices and elements are not a word each.
 */
export function checkWires(
  problem: Problem,
  { levels }: { readonly levels: readonly Pick<StorageLevel, "name" | "network">[] },
  widths: Widths | null,
): void {
  if (widths === null) return;
  const l = levels.findIndex(({ network }) => network !== undefined);
  if (l < 0) return;
  throw new LoopnestError({
    code: "unsupported",
    path: `levels[${l}].network`,
    problem:
      `the wires below ${levels[l]!.name} are priced by the word, ` +
      `and elements of ${problem.name} have other widths`,
    fix: "leave the widths (bits) out, or the network",
    level: levels[l]!.name,
  });
}
