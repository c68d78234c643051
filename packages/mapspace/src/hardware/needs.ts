/**
 * What mappings need of hardware, per storage level (outermost first): words held by one instance, and children of one
 * instance in columns and rows. Also the shape of derivatives with respect to them.
 */
export interface Needs {
  readonly words: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Needs of `levelCount` levels, all 0. */
export function emptyNeeds(levelCount: number): Needs {
  return {
    words: new Float64Array(levelCount),
    x: new Float64Array(levelCount),
    y: new Float64Array(levelCount),
  };
}
