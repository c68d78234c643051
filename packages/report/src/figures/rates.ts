import type { Architecture, Target } from "@loopnest/mapspace";
import { movementWords } from "@loopnest/model-analytical";
import type { DesignFigures } from "./figures.js";
import { movedLevelWords } from "./level-words.js";

/** What a design does in a second, and with how much power: its figures at a clock. */
export interface Rates {
  readonly clockMhz: number;
  /** Of the whole network, once. */
  readonly latencyMs: number;
  /** How often the whole network runs in a second: one after the other, as a batch of inputs if the network has one. */
  readonly runsPerSecond: number;
  /** Energy over latency; what the energy table leaves out is not in it. */
  readonly powerW: number;
  /** A multiply-accumulate is two operations. */
  readonly gops: number;
  readonly topsPerWatt: number;
  /** Words of layers and of data movement that pass the ports of the outermost level, 1e9 bytes a second. */
  readonly outermostGBPerSecond: number;
}

/**
 * A design's figures at the clock of its target.
 *
 * @param target That says the clock; without one there are no rates: `null`.
 * @param architecture Whose outermost level has the words' width.
 */
export function rates(
  { totals, layers, dataMovement = [] }: Pick<DesignFigures, "totals" | "layers" | "dataMovement">,
  { clockMhz }: Pick<Target, "clockMhz">,
  { levels }: Architecture,
): Rates | null {
  if (clockMhz === undefined) return null;
  const { name, wordBits } = levels[0]!;
  const seconds = totals.latencyCycles / (clockMhz * 1e6);
  const energyJ = totals.energyUj * 1e-6;
  const operations = 2 * totals.macs;
  const ofLayers = layers.map(({ count, levels }) => {
    const moved = Object.values(levels[name]!.tensors).map(movedLevelWords);
    return count * moved.reduce((sum, words) => sum + words, 0);
  });
  const ofMovement = movementWords(dataMovement, wordBits).map((own) => own.count * (own.wordsRead + own.wordsWritten));
  const words = [...ofLayers, ...ofMovement].reduce((sum, own) => sum + own, 0);
  return {
    clockMhz,
    latencyMs: seconds * 1e3,
    runsPerSecond: 1 / seconds,
    powerW: energyJ / seconds,
    gops: operations / seconds / 1e9,
    topsPerWatt: operations / energyJ / 1e12,
    outermostGBPerSecond: (words * wordBits) / 8 / seconds / 1e9,
  };
}
