import { shareOf, startRun } from "../run/search-run.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import { annealChain } from "./anneal-chain.js";

/** Options of `annealing`. */
export interface AnnealingOptions extends SearchOptions {
  /** Chains, each an independent part with its share of the samples; 2 unless given. */
  readonly chains?: number;
}

const DEFAULT_CHAINS = 2;

/**
 * Simulated annealing over hardware sizes, tilings and loop orders together: SALSA's acceptance and cooling (Jung et
 * al., AICAS 2023, for mappings of one layer on given hardware), carried over to a whole network with its hardware.
 */
export const annealing: SearchMethod<AnnealingOptions> = {
  name: "annealing",
  parts(_, options) {
    checkOptions(options);
    return Math.min(options.chains ?? DEFAULT_CHAINS, options.samples);
  },
  async run(task, options, part, hooks) {
    const samples = shareOf(options.samples, part, annealing.parts(task, options));
    const run = startRun(task, { seed: options.seed, part, samples }, hooks);
    await annealChain(run, samples);
    return run.record.result(annealing.name, options.seed);
  },
};
