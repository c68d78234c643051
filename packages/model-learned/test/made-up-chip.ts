import { conv, matmul, type Problem, seededRandom, systolic, unflatten } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { layerFeatures } from "../src/features/layer-features.js";
import { randomMappings } from "../src/proposals/propose-samples.js";
import type { Sample } from "../src/samples/sample.js";
import { typicalConstants } from "../src/schedule/machine-constants.js";

export const base = analyticalModel(systolic);

/** Layers of several shapes, small enough that everything fits. */
export const problems: readonly Problem[] = [
  conv({ R: 3, S: 3, P: 14, Q: 14, C: 64, K: 64 }),
  conv({ R: 1, S: 1, P: 28, Q: 28, C: 32, K: 128 }),
  conv({ R: 3, S: 3, P: 28, Q: 28, C: 16, K: 32, stride: 2 }),
  conv({ R: 5, S: 5, P: 12, Q: 12, C: 24, K: 48 }),
  matmul({ m: 64, k: 256, n: 128 }),
  matmul({ m: 128, k: 96, n: 64 }),
  conv({ R: 1, S: 1, P: 7, Q: 7, C: 256, K: 64 }),
  conv({ R: 3, S: 3, P: 8, Q: 8, C: 128, K: 32 }),
];

/**
 * Measurements of a chip that exists only here: a schedule with constants of its own, a penalty for narrow tiles that
 * no constant describes, and 3 % of noise.
 */
export function measure(count: number, seed = 11): Sample[] {
  const source = seededRandom(seed, 1);
  const constants = typicalConstants.map((value, k) => value + ((k % 3) - 1) * 0.5);
  const names = systolic.levels.map((level) => level.name);
  return randomMappings(base, count, { problems, seed, hardware: { peDim: 16 } }).map((one, i) => {
    const features = layerFeatures(one.space, "plain", ["array"], { convolution: constants, product: constants });
    features.write(one.nest, one.machine, one.logAnalytical, true);
    const narrow = Math.max(0, -features.values[4]!);
    const logCycles = features.logSchedule() + 0.2 * narrow + 0.03 * source.normal();
    return {
      id: `made-up-${i}`,
      problem: one.space.problem,
      mapping: unflatten(one.space.shape, names, one.nest),
      hardware: one.hardware,
      measuredCycles: Math.exp(logCycles),
    };
  });
}

/** Training small enough for a test. */
export const quick = { hidden: [12], epochs: 60, members: 2, seed: 1 } as const;

/** The same with energies, in which transfers to memory cost what no table says. */
export function withEnergy(samples: readonly Sample[]): Sample[] {
  return samples.map((one) => {
    const macs = Object.values(one.problem.dims).reduce((product, bound) => product * bound, 1);
    const calls = one.mapping[0]!.temporal.reduce((product, [, factor]) => product * factor, 1);
    return { ...one, measuredEnergyPj: 3 * macs + 40_000 * calls };
  });
}
