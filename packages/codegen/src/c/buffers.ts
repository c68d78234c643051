import { LoopnestError, type Mapping, type Tensor } from "@loopnest/mapspace";
import { type Loop, movesOf, tileExtents } from "./loops.js";
import { plainText } from "./names.js";

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
  /** C identifier. */
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

/** The definition of a buffer in C. */
export function bufferText(buffer: Buffer): string {
  const { tensor, levelName, parent, variable, extents, unrolled } = buffer;
  const instances = unrolled.reduce((product, loop) => product * loop.factor, 1);
  const inside = unrolled.filter((loop) => parent === undefined || loop.level >= parent.level);
  const axes = unrolled.map((loop) => `{${[loop.factor, ...movesOf(tensor, loop)].join(", ")}}`);
  const children = inside.reduce((product, loop) => product * loop.factor, 1);
  return [
    `static buffer ${variable} = {`,
    `  .level = "${plainText(levelName)}", .tensor = "${plainText(tensor.name)}", .parent = ${parent ? `&${parent.variable}` : "NULL"},`,
    `  .is_output = ${tensor.role === "output" ? 1 : 0},`,
    `  .ranks = ${extents.length}, .extent = {${extents.length > 0 ? extents.join(", ") : "1"}},`,
    `  .instances = ${instances}, .children = ${children}, .axes = ${axes.length}, .axis = {${axes.length > 0 ? axes.join(", ") : "{1}"}},`,
    "};",
  ].join("\n");
}
