import type { Cost, NestPoint } from "@loopnest/mapspace";
import type { PlacedNetwork } from "../run/placed-network.js";
import { layerValue } from "../search/objective.js";
import { type GaussianProcess, makeGaussianProcess } from "./gaussian-process.js";
import { standardized } from "./standardized.js";

/** A mapping as numbers: where its factors went, and the place of every loop in its level. */
export type MappingFeatures = Float64Array;

/**
 * The log of every slot's factor relative to the log of its dimension's bound, then the place of every loop of a level
 * whose order is free, from 0 for the innermost to 1.
 */
export function mappingFeatures({ space, nest, loopOf }: NestPoint): MappingFeatures {
  const { slots, shape, freeOrder } = space;
  const features = slots.map(({ dim }, slot) => Math.log(nest.factor[loopOf[slot]!]!) / Math.log(shape.bounds[dim]!));
  slots.forEach(({ level, kind }, slot) => {
    if (kind !== "temporal" || !freeOrder.includes(level)) return;
    const first = nest.startTemporal[level]!;
    features.push((loopOf[slot]! - first) / (nest.end[level]! - first - 1));
  });
  return Float64Array.from(features);
}

/** Length scales and noise to choose from: one length for all features, relative to the root of their number. */
const LENGTHS = [0.125, 0.25, 0.5, 1] as const;
const NOISES = [1e-3, 1e-1] as const;

/**
 * A Gaussian process over mappings of one layer on one hardware, fitted to the log of energy x latency: hyperparameters
 * by the marginal likelihood, from a small grid.
 */
export function makeMappingSurrogate(
  { network }: PlacedNetwork,
  inputs: readonly MappingFeatures[],
  costs: readonly Cost[],
): GaussianProcess | null {
  const { name } = network.task.objective;
  const targets = standardized(costs.map((cost) => Math.log(layerValue(name, cost))));
  let best: GaussianProcess | null = null;
  const count = inputs[0]!.length;
  for (const length of LENGTHS) {
    for (const noise of NOISES) {
      const lengths = new Float64Array(count).fill(length * Math.sqrt(count));
      const process = makeGaussianProcess(inputs, targets, { variance: 1, lengths, noise });
      if (process !== null && process.logLikelihood > (best?.logLikelihood ?? Number.NEGATIVE_INFINITY)) best = process;
    }
  }
  return best;
}
