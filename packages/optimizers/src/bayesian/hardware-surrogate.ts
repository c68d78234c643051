import { leastSize, nearestSize, type Random } from "@loopnest/mapspace";
import { largestHardware, type Network } from "../network/network.js";
import { randomHardware } from "../sampling/random-hardware.js";
import { expectedImprovement } from "./expected-improvement.js";
import { firstHyperparameters, fitHyperparameters } from "./fit-hyperparameters.js";
import { type GaussianProcess, makeGaussianProcess } from "./gaussian-process.js";
import { standardized } from "./standardized.js";

/** What is known of hardware from the designs evaluated so far. */
export interface HardwareSurrogate {
  /** @param value Of the objective; `Infinity` if nothing fits or a limit is broken. */
  observe(sizes: Float64Array, value: number): void;
  /** The hardware of greatest expected improvement among random ones and neighbours of the best. */
  propose(random: Random): Float64Array;
  /**
   * The hardware of the lowest bounds, mean less one standard deviation, among random ones: so many, the lowest first.
   */
  lowest(count: number, random: Random): Float64Array[];
}

/** Candidates per proposal, half of them near the best hardware so far. */
const CANDIDATES = 1000;
/** Standard deviation of those, in features. */
const NEARBY = 0.1;
/** Candidates of which the lowest are taken. */
const RANKED = 10_000;
/** Hyperparameters are fitted anew when the observations have grown by this factor. */
const REFIT = 1.1;

/** A surrogate that has seen nothing, over the sizes that are not fixed. */
export function makeHardwareSurrogate(network: Network): HardwareSurrogate {
  const { sizes: free } = network.task.model.target;
  const { maxSizes } = largestHardware(network);
  const searched = free.flatMap((size, k) =>
    Number.isNaN(network.fixed[k]!) && leastSize(size) < maxSizes[k]! ? [k] : [],
  );
  const inputs: Float64Array[] = [];
  const values: number[] = [];
  let hyper = firstHyperparameters(searched.length);
  let fittedTo = 0;

  const features = (sizes: Float64Array) =>
    Float64Array.from(searched, (k) => Math.log(sizes[k]! / free[k]!.min) / Math.log(maxSizes[k]! / free[k]!.min));

  const nearby = (sizes: Float64Array, centre: Float64Array, random: Random) => {
    searched.forEach((k, j) => {
      const { min, max } = free[k]!;
      sizes[k] = nearestSize(free[k]!, min * (max / min) ** (centre[j]! + NEARBY * random.normal()));
    });
  };

  const fitted = (targets: Float64Array): GaussianProcess | null => {
    if (inputs.length < fittedTo * REFIT) return makeGaussianProcess(inputs, targets, hyper);
    const fit = fitHyperparameters(inputs, targets, hyper);
    if (fit === null) return null;
    hyper = fit.hyper;
    fittedTo = inputs.length;
    return fit.process;
  };

  const known = () => searched.length > 0 && values.some((value) => Number.isFinite(value));

  return {
    observe(sizes, value) {
      inputs.push(features(sizes));
      values.push(Math.log(value));
    },
    propose(random) {
      let best = randomHardware(network, random);
      if (!known()) return best;
      const process = fitted(standardized(values));
      if (process === null) return best;
      const incumbent = Math.min(...inputs.map((input) => process.predict(input).mean));
      const centre = inputs[values.indexOf(Math.min(...values))]!;
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < CANDIDATES; k++) {
        const sizes = randomHardware(network, random);
        if (k % 2 === 0) nearby(sizes, centre, random);
        const improvement = expectedImprovement(process.predict(features(sizes)), incumbent);
        if (improvement <= most) continue;
        most = improvement;
        best = sizes;
      }
      return best;
    },
    lowest(count, random) {
      const process = known() ? fitted(standardized(values)) : null;
      const ranked = Array.from({ length: process === null ? count : RANKED }, () => {
        const sizes = randomHardware(network, random);
        const { mean, deviation } = process?.predict(features(sizes)) ?? { mean: 0, deviation: 0 };
        return { sizes, bound: mean - deviation };
      });
      return ranked
        .sort((a, b) => a.bound - b.bound)
        .slice(0, count)
        .map(({ sizes }) => sizes);
    },
  };
}
