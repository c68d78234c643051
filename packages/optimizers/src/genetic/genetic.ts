import type { Random } from "@loopnest/mapspace";
import { type Candidate, offer, randomCandidate } from "../candidates/candidate.js";
import { startRun } from "../run/search-run.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import { makeBreeding } from "./breeding.js";

/** Options of `genetic`. */
export interface GeneticOptions extends SearchOptions {
  /** Individuals alive at a time; 30 unless given, fewer where that would be more than a tenth of the samples. */
  readonly population?: number;
}

const DEFAULT_POPULATION = 30;
const LEAST_POPULATION = 2;
const FOUNDING_SHARE = 0.1;

/**
 * Genetic search over hardware and mappings: GAMMA's operators on tilings and orders (Kao and Krishna, ICCAD 2020), and
 * hardware sizes as further genes, as in its successor for both (DiGamma, DATE 2022). Parents are chosen by tournament
 * of two; a child takes the place of its mother if it is no worse, which keeps the population from becoming one family
 * (crowding).
 */
export const genetic: SearchMethod<GeneticOptions> = {
  name: "genetic",
  parts(_, options) {
    checkOptions(options);
    return 1;
  },
  async run(task, options, part, hooks) {
    const { samples, seed } = options;
    const run = startRun(task, { seed, part, samples }, hooks);
    const { budget, network, pace, random, record } = run;
    const layers = network.layers.length;
    const size = options.population ?? Math.min(DEFAULT_POPULATION, Math.floor(samples * FOUNDING_SHARE));
    const population: Candidate[] = [];
    while (population.length < Math.max(LEAST_POPULATION, size) && budget.left >= layers && !budget.done) {
      await pace.breathe();
      const founder = randomCandidate(run);
      if (founder === null) break;
      population.push(founder);
      offer(run, founder);
    }
    const breed = makeBreeding(run);
    // A child may need all of its layers evaluated.
    while (population.length >= LEAST_POPULATION && budget.left >= layers && !budget.done) {
      await pace.breathe();
      const mother = tournament(population, random);
      const child = breed(population[mother]!, population[tournament(population, random)]!);
      if (child === null || child.value > population[mother]!.value) continue;
      population[mother] = child;
      offer(run, child);
    }
    return record.result(genetic.name, seed);
  },
};

/** Draws two and returns the better one. */
function tournament(population: readonly Candidate[], random: Random): number {
  const one = random.below(population.length);
  const other = random.below(population.length);
  return population[other]!.value < population[one]!.value ? other : one;
}
