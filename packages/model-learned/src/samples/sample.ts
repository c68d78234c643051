import type { Hardware, Mapping, Problem, SourcePosition } from "@loopnest/mapspace";

/** A layer, how it was mapped, and the cycles that the machine took. */
export interface Sample {
  readonly id?: string;
  readonly problem: Problem;
  /** As it was run; loops may stand at levels where the target's mapspace has none, see `executableMapping`. */
  readonly mapping: Mapping;
  /** Sizes of the machine, by name; those left out are the smallest that hold the mapping, see `sampleHardware`. */
  readonly hardware?: Hardware;
  readonly measuredCycles: number;
  /** pJ of one execution, where it was measured. */
  readonly measuredEnergyPj?: number;
  /** Where it was read, for errors that show only when it meets a target. */
  readonly position?: SourcePosition;
}

/**
 * Text that two problems share exactly if their loops have the same bounds: what cross-validation must not split.
 * Strides are left out, so that a layer and its strided variant stay together.
 */
export function layerShapeKey(problem: Problem): string {
  return Object.entries(problem.dims)
    .map(([dim, bound]) => `${dim}${bound}`)
    .join(" ");
}
