/** A temporal loop: `dim` is iterated `factor` times. */
export type TemporalLoop = readonly [dim: string, factor: number];

/** Mesh axis of a spatial loop: columns (X) or rows (Y). */
export type Axis = "X" | "Y";

/** A spatial loop: `dim` is unrolled over `factor` instances along an axis. */
export type SpatialLoop = readonly [dim: string, factor: number, axis: Axis];

/**
 * The loops of one storage level, outermost first; unit loops may be left out.
 *
 * Spatial loops lie inside the temporal loops of the same level and unroll over the instances of the next inner level;
 * Y loops lie outside X loops.
 */
export interface LevelMapping {
  readonly level: string;
  readonly temporal: readonly TemporalLoop[];
  readonly spatial: readonly SpatialLoop[];
  /** Tensors kept at this level, a subset of those the hardware can keep; the others pass by. */
  readonly keeps: readonly string[];
}

/** How a problem runs on an architecture: one entry per storage level, outermost first. */
export type Mapping = readonly LevelMapping[];
