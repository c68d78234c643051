import { type Cost, clonePoint, copyPoint, type NestPoint, seededRandom } from "@loopnest/mapspace";
import { type Candidate, offer } from "../candidates/candidate.js";
import { makeNetwork } from "../network/network.js";
import { emptyPoints, type SearchRun, startRun } from "../run/search-run.js";
import { randomHardware } from "../sampling/random-hardware.js";
import { randomMapping } from "../sampling/random-mapping.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod } from "../search/method.js";
import { layerValue } from "../search/objective.js";
import { makeHardwareSurrogate } from "./hardware-surrogate.js";
import { type MappingFeatures, makeMappingSurrogate, mappingFeatures } from "./mapping-surrogate.js";

/**
 * How many hardware designs, and mappings of every layer on each, are evaluated to train on, and then because their
 * process ranks them highest: 100 and 10 of each in DOSA, together 110 x 110 samples.
 */
interface Protocol {
  readonly trained: number;
  readonly tried: number;
}

/** Mappings ranked for every one that is trained on: 1,000 in DOSA. */
const RANKED_PER_TRAINED = 10;

/** Designs, and mappings on each, at most: twice DOSA's. Fitting and ranking take the cube of their number. */
const MOST = 220;

/** The protocol's numbers for a budget: the same proportions, so that the square of their sum fits it. */
function protocol(samples: number): Protocol {
  const side = Math.min(MOST, Math.floor(Math.sqrt(samples)));
  const tried = Math.ceil(side / 11);
  return { trained: Math.max(1, side - tried), tried: side > 1 ? tried : 0 };
}

/**
 * Bayesian optimisation as in DOSA's evaluation (Hong et al., MICRO 2023, section 6): two Gaussian processes, each used
 * once to rank candidates by mean less one standard deviation. One is over mappings of a layer on a hardware, the other
 * over hardware, trained on what the first one led to. Sizes are in logs, objectives too, and hyperparameters are
 * fitted.
 *
 * The released code (ucb-bar/dosa, `dataset/dse/bo.py`) sorts the hardware ranking a second time, so that it tries
 * designs at random; here those ranked highest are tried.
 */
export const bayesianDosa: SearchMethod = {
  name: "bayesian-dosa",
  parts(_, options) {
    checkOptions(options);
    return protocol(options.samples).trained;
  },
  async run(task, options, part, hooks) {
    const numbers = protocol(options.samples);
    const run = startRun(task, { seed: options.seed, part, samples: numbers.trained + numbers.tried }, hooks);
    await mapOn(run, randomHardware(run.network, run.random), numbers);
    return run.record.result(bayesianDosa.name, options.seed);
  },
  async finish(task, options, parts, hooks) {
    const numbers = protocol(options.samples);
    const prepared = makeNetwork(task);
    const surrogate = makeHardwareSurrogate(prepared);
    parts.forEach(({ best }, part) => {
      const sizes = randomHardware(prepared, seededRandom(options.seed, part));
      surrogate.observe(sizes, best?.value ?? Number.POSITIVE_INFINITY);
    });
    const run = startRun(
      task,
      { seed: options.seed, part: parts.length, samples: numbers.tried * (numbers.trained + numbers.tried) },
      hooks,
    );
    for (const sizes of surrogate.lowest(numbers.tried, run.random)) {
      if (run.budget.done) break;
      await mapOn(run, sizes, numbers);
    }
    return run.record.result(bayesianDosa.name, options.seed);
  },
};

/** Maps every layer on a hardware and offers the design. */
async function mapOn(run: SearchRun, sizes: Float64Array, numbers: Protocol): Promise<void> {
  const { placed, pace, budget } = run;
  placed.place(sizes);
  const costs: Cost[] = [];
  const points: NestPoint[] = [];
  for (const [i, point] of emptyPoints(run).entries()) {
    await pace.breathe();
    const best = budget.done ? null : mapLayer(run, i, point, numbers);
    if (best === null) return;
    points.push(best.point);
    costs.push(best.cost);
  }
  const candidate: Candidate = { sizes, points, costs, value: placed.value(costs) };
  offer(run, candidate);
}

/** The best mapping of a layer evaluated: random ones, then those that the process trained on them ranks highest. */
function mapLayer(
  { placed, random: source }: SearchRun,
  i: number,
  point: NestPoint,
  { trained, tried }: Protocol,
): { point: NestPoint; cost: Cost } | null {
  const { name } = placed.network.task.objective;
  const inputs: MappingFeatures[] = [];
  const costs: Cost[] = [];
  let best: { point: NestPoint; cost: Cost } | null = null;
  const evaluate = (): Cost => {
    const cost = placed.cost(i);
    if (best === null || layerValue(name, cost) < layerValue(name, best.cost))
      best = { point: clonePoint(point), cost };
    return cost;
  };
  for (let k = 0; k < trained; k++) {
    if (!randomMapping(placed, i, point, source)) return null;
    costs.push(evaluate());
    inputs.push(mappingFeatures(point));
  }
  if (tried === 0) return best;
  const process = makeMappingSurrogate(placed, inputs, costs);
  const ranked = Array.from({ length: RANKED_PER_TRAINED * trained }, () => {
    randomMapping(placed, i, point, source);
    const { mean, deviation } = process?.predict(mappingFeatures(point)) ?? { mean: 0, deviation: 0 };
    return { point: clonePoint(point), bound: mean - deviation };
  }).sort((a, b) => a.bound - b.bound);
  for (const chosen of ranked.slice(0, tried)) {
    copyPoint(chosen.point, point);
    placed.excess(i, point);
    evaluate();
  }
  return best;
}
