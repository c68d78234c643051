import { offerRandom } from "../candidates/candidate.js";
import { offerSmallest } from "../candidates/choose-mappings.js";
import { shareOf, startRun } from "../run/search-run.js";
import { randomHardware } from "../sampling/random-hardware.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import { drawMappings } from "./draw-mappings.js";

/** Options of `randomSearch`. */
export interface RandomSearchOptions extends SearchOptions {
  /**
   * Mappings drawn per layer within one set of limits; 300 unless given, fewer where that would leave less than eight
   * sets.
   */
  readonly mappings?: number;
}

const DEFAULT_MAPPINGS = 300;
const LEAST_SETS = 8;
/** Independent parts at most, so that threads can share the work; samples of each at least. */
const PARTS = 4;
const LEAST_SAMPLES = 25;

/**
 * Random search, mapping-first: mappings are drawn at random within limits that are drawn at random themselves, every
 * layer keeps one of them, and the hardware is the smallest that holds what was kept.
 *
 * Limits have to be shared by many mappings: were a whole network drawn for every sample, the layer that happened to
 * get the largest tiles would decide the hardware of all.
 */
export const randomSearch: SearchMethod<RandomSearchOptions> = {
  name: "random",
  parts(_, options) {
    checkOptions(options);
    return Math.min(PARTS, Math.max(1, Math.floor(options.samples / LEAST_SAMPLES)));
  },
  async run(task, options, part, hooks) {
    const samples = shareOf(options.samples, part, randomSearch.parts(task, options));
    const run = startRun(task, { seed: options.seed, part, samples }, hooks);
    const { budget, network, placed, random, record } = run;
    const mappings =
      options.mappings ?? Math.min(DEFAULT_MAPPINGS, Math.max(1, Math.floor(options.samples / LEAST_SETS) - 1));
    while (!budget.done) {
      // The last sample of every set evaluates what was kept on the hardware derived from it.
      const drawn = Math.min(mappings, Math.floor(budget.left / network.layers.length) - 1);
      if (drawn < 1) break;
      placed.place(randomHardware(network, random));
      offerSmallest(run, await drawMappings(run, drawn));
    }
    if (record.best === null) offerRandom(run);
    return record.result(randomSearch.name, options.seed);
  },
};
