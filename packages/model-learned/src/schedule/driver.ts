import { unknownName } from "@loopnest/mapspace";

/**
 * How software and sequencer turn a mapping into commands: what a schedule needs to know beyond the mapping.
 *
 * `plain`: tiles and array exactly as the mapping says; a tensor's tile is loaded when it changes, and a tile of sums
 * stored whenever the loop order leaves it and loaded when it comes back, in the accumulator's precision. In memory,
 * channels lie innermost.
 *
 * `gemmini`: the software that measured Gemmini's RTL, and the sequencers that it drives (tiled_conv and tiled_matmul
 * of the DOSA artifact's gemmini-rocc-tests; loop_conv and loop_matmul units). Every call of the sequencer loads its
 * input and weight tiles again, whatever the order; sums stay in the accumulator until they are complete. Kernel
 * columns are packed into the rows of the array where channels leave room. Images are square, P x P, with a border of
 * half a kernel, so that a kernel of even size yields one more row and column. Matrix products count their tiles in
 * sixteens, whatever the array's edge.
 */
export type DriverName = "plain" | "gemmini";

/** Names of the drivers whose command schedules can be counted. */
export const driverNames: readonly DriverName[] = ["plain", "gemmini"];

/** @throws LoopnestError `input` for an unknown name. @internal */
export function checkDriver(name: string, path = "driver"): DriverName {
  if ((driverNames as readonly string[]).includes(name)) return name as DriverName;
  throw unknownName("driver", name, driverNames, path);
}

/** Words of a matrix product's tile that the gemmini driver counts as one block. */
export const MATMUL_TILE_UNIT = 16;

/** Words of the longest row that one load command moves: one 64-byte request. */
export const LOAD_ROW_WORDS = 64;
