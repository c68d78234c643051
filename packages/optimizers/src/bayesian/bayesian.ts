import { copyPoint, type NestPoint } from "@loopnest/mapspace";
import { annealLayer } from "../annealing/anneal-layer.js";
import { makeNeighbourhood } from "../annealing/neighbour.js";
import { offerRandom } from "../candidates/candidate.js";
import { type Chosen, offerSmallest } from "../candidates/choose-mappings.js";
import { makeLayerFront } from "../candidates/layer-front.js";
import { emptyPoints, type SearchRun, startRun } from "../run/search-run.js";
import { randomHardware } from "../sampling/random-hardware.js";
import { randomMapping } from "../sampling/random-mapping.js";
import { repair } from "../sampling/repair.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import { makeHardwareSurrogate } from "./hardware-surrogate.js";

/** Options of `bayesian`. */
export interface BayesianOptions extends SearchOptions {
  /**
   * Mappings tried per layer on every hardware; 100 unless given, fewer or more where that would make few or many
   * designs.
   */
  readonly mappings?: number;
  /**
   * Where the mapping search on a hardware starts: from the best mappings so far, made to fit; or from random ones, so
   * that no hardware profits from another. `best` unless given.
   */
  readonly start?: "best" | "random";
}

const DEFAULT_MAPPINGS = 100;
/** Hardware designs: at least about so many, and at most, since a fit takes the cube of their number. */
const DESIGNS = { least: 25, most: 125 } as const;
/** Random designs before the first proposal. */
const FIRST_DESIGNS = 10;

/**
 * Bayesian optimisation of the hardware: a Gaussian process over the logs of the sizes, fitted to the log of the
 * objective, proposes the hardware of greatest expected improvement; on it, every layer's mapping is annealed. A design
 * counts with the smallest hardware that holds its mappings.
 */
export const bayesian: SearchMethod<BayesianOptions> = {
  name: "bayesian",
  parts(_, options) {
    checkOptions(options);
    return 1;
  },
  async run(task, options, part, hooks) {
    const run = startRun(task, { seed: options.seed, part, samples: options.samples }, hooks);
    const { budget, network, pace, random, record } = run;
    const surrogate = makeHardwareSurrogate(network);
    let best: Chosen | null = null;
    for (let designs = 0; !budget.done; designs++) {
      await pace.breathe();
      const mappings = Math.min(mappingsFor(options), Math.floor(budget.left / network.layers.length) - 1);
      if (mappings < 1) break;
      const sizes = designs < FIRST_DESIGNS ? randomHardware(network, random) : surrogate.propose(random);
      const from = options.start === "random" ? null : best;
      const chosen: Chosen | null = mapOn(run, sizes, mappings, from?.points ?? null);
      surrogate.observe(sizes, chosen?.value ?? Number.POSITIVE_INFINITY);
      if (chosen !== null && chosen.value <= (best?.value ?? Number.POSITIVE_INFINITY)) best = chosen;
    }
    if (record.best === null) offerRandom(run);
    return record.result(bayesian.name, options.seed);
  },
};

function mappingsFor({ mappings, samples }: BayesianOptions): number {
  if (mappings !== undefined) return mappings;
  const usual = Math.min(DEFAULT_MAPPINGS, Math.floor(samples / DESIGNS.least));
  return Math.max(1, usual, Math.ceil(samples / DESIGNS.most));
}

/** Anneals every layer's mapping on a hardware. */
function mapOn(
  run: SearchRun,
  sizes: Float64Array,
  mappings: number,
  from: readonly NestPoint[] | null,
): Chosen | null {
  const { placed, random } = run;
  placed.place(sizes);
  const fronts = emptyPoints(run).map((point, i) => {
    const front = makeLayerFront();
    if (from !== null) copyPoint(from[i]!, point);
    const fits = from === null ? randomMapping(placed, i, point, random) : repair(placed, i, point, random);
    if (fits)
      annealLayer(placed, i, point, {
        neighbours: makeNeighbourhood(point),
        evaluations: mappings,
        random,
        visit: front.add,
      });
    return front;
  });
  return offerSmallest(run, fronts);
}
