/**
 * Constants of a machine that turn a schedule's counts into cycles, all positive: cycles per unit of a count, cycles
 * that a call costs at least, that one outside the image costs, and that any layer costs once; and how sharply the
 * slowest resource hides the others (1 is a sum, large is a maximum).
 */
export const CONSTANTS = [
  "inputRow",
  "inputByte",
  "inputCommand",
  "compulsoryInputByte",
  "weightRow",
  "weightByte",
  "weightCommand",
  "weightPage",
  "preload",
  "preloadRow",
  "computeCommand",
  "streamedRow",
  "storeCommand",
  "storeRow",
  "storeByte",
  "call",
  "outsideCall",
  "layer",
  "overlap",
] as const;

export const CALL = CONSTANTS.indexOf("call");
export const OUTSIDE_CALL = CONSTANTS.indexOf("outsideCall");
export const LAYER = CONSTANTS.indexOf("layer");
export const OVERLAP = CONSTANTS.indexOf("overlap");

/**
 * Logs of `CONSTANTS` of the unit that runs convolutions and of the one that runs matrix products: with the `gemmini`
 * driver these are two sequencers, each with its own way of loading, waiting and storing; a plain machine has one.
 */
export interface UnitConstants {
  readonly convolution: Float64Array;
  readonly product: Float64Array;
}

/**
 * Where a fit starts, and what it stays close to where samples say nothing: orders of magnitude of a 16-byte-wide DMA
 * (a row a cycle and a sixteenth per byte), memory without caches and pages, an array that takes a row a cycle, some
 * tens of cycles per store command and some hundreds per call, and a 16-bit counter that wraps around for a call
 * outside the image.
 */
export const typicalConstants: Float64Array = Float64Array.from(
  [1, 0.1, 0.5, 0.01, 1, 0.1, 0.5, 0.1, 1, 0.3, 1, 0.8, 10, 1, 0.3, 250, 3e6, 1000, 2.5],
  Math.log,
);

/** The typical constants for both units. */
export const typicalUnits: UnitConstants = { convolution: typicalConstants, product: typicalConstants };
