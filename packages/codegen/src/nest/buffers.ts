import { LoopnestError, type Mapping, type Tensor } from "@loopnest/mapspace";
import { type Loop, tileExtents } from "./loops.js";

/** The buffers of one tensor at one level: one for each instance of the level that is in use. */
export interface Buffer {
  readonly tensor: Tensor;
  /** Level index; one past the innermost for the registers in front of the multipliers. */
  readonly level: number;
  readonly levelName: string;
  /** Whether it keeps words; the multipliers take theirs anew in every step. */
  readonly holds: boolean;
  /** The buffer that it is filled from; `undefined` for the outermost one. */
  readonly parent: Buffer | undefined;
  /** A name of its own, from those of the level and the tensor. */
  readonly variable: string;
  /** Extents of its tile, rank by rank. */
  readonly extents: readonly number[];
  /** Spatial loops outside it, outermost first: they number its instances. */
  readonly unrolled: readonly Loop[];
}

/**
 * The buffers of a tensor from the outermost level to the multipliers.
 *
 * @throws LoopnestError `unsupported` where the outermost level does not keep the tensor: there is nowhere to begin.
 */
export function buffersOf(
  tensor: Tensor,
  mapping: Mapping,
  loops: readonly Loop[],
  identifier: (name: string) => string,
): Buffer[] {
  if (!mapping[0]!.keeps.includes(tensor.name)) {
    throw new LoopnestError({
      code: "unsupported",
      path: "mapping[0].keeps",
      problem: `${mapping[0]!.level} does not keep ${tensor.name}`,
      fix: "a program begins with all tensors at the outermost level: keep it there",
      tensor: tensor.name,
      level: mapping[0]!.level,
    });
  }
  const buffers: Buffer[] = [];
  for (let level = 0; level <= mapping.length; level++) {
    if (mapping[level] !== undefined && !mapping[level]!.keeps.includes(tensor.name)) continue;
    const levelName = mapping[level]?.level ?? "multipliers";
    buffers.push({
      tensor,
      level,
      levelName,
      holds: level < mapping.length,
      parent: buffers.at(-1),
      variable: identifier(`${levelName}_${tensor.name}`),
      extents: tileExtents(
        tensor,
        loops.filter((loop) => loop.level >= level),
      ),
      unrolled: loops.filter((loop) => loop.kind !== "temporal" && loop.level < level),
    });
  }
  return buffers;
}
