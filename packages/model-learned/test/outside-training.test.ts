import { emptyNeeds } from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learnedModel } from "../src/model/learned-model.js";
import { prepareSamples } from "../src/training/prepared-samples.js";
import { trainResidual } from "../src/training/train-residual.js";
import { base, measure, quick } from "./made-up-chip.js";

const samples = prepareSamples(base, measure(120));
const residual = trainResidual(samples, quick);
const features = residual.features.mean.length;

/** Predictions of a sample by a model that was trained as far away as `shift` says, in deviations of every feature. */
function predicted(sample: (typeof samples)[number], shift: readonly number[], own = residual) {
  const mean = own.features.mean.map((value, i) => value - shift[i]! * own.features.deviation[i]!);
  const model = learnedModel(base, {
    name: "made-up",
    target: base.target.name,
    counts: null,
    residual: { ...own, features: { ...own.features, mean } },
    groups: own.groups,
    featureNames: [],
    origin: { samples: 0, shapes: 0, dataHash: "", seed: 1, source: "made up", metrics: null },
  });
  const layer = model.layer(sample.sample.problem);
  layer.needs(sample.nest, emptyNeeds(sample.nest.levelCount));
  const cost = { energyPj: 0, latencyCycles: 0 };
  layer.evaluate(sample.nest, sample.machine, "exact", cost);
  return { logCycles: layer.correction.logCycles, deviation: layer.correction.deviation, fade: layer.correction.fade };
}

/** All residuals' deviation, with the error that is left on known ground. */
const widest = Math.hypot(residual.noise, residual.scale);
const aSample = fc.nat({ max: samples.length - 1 });
const aDirection = fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: features, maxLength: features });

describe("outside the training range", () => {
  it("trust falls the further a mapping lies outside, and is whole only inside", () => {
    fc.assert(
      fc.property(aSample, aDirection, (i, direction) => {
        const fades = [0, 1, 2, 4, 8, 16].map(
          (far) =>
            predicted(
              samples[i]!,
              direction.map((d) => d * far),
            ).fade,
        );
        expect(fades[0]).toBe(1);
        fades.forEach((fade, k) => {
          if (k > 0) expect(fade).toBeLessThanOrEqual(fades[k - 1]!);
        });
        if (direction.some((d) => d !== 0)) expect(fades.at(-1)).toBeLessThan(1e-6);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("the uncertainty grows to that of all residuals, and the correction fades to their mean", () => {
    fc.assert(
      fc.property(aSample, aDirection, (i, direction) => {
        fc.pre(direction.some((d) => d !== 0));
        const sample = samples[i]!;
        const at = (far: number) =>
          predicted(
            sample,
            direction.map((d) => d * far),
          );
        // Once the network's part is gone, nothing moves any more.
        const [far, further] = [at(30), at(60)];
        expect(far.deviation).toBeCloseTo(widest, 9);
        expect(far.deviation).toBeGreaterThan(at(0).deviation);
        expect(further.logCycles).toBeCloseTo(far.logCycles, 9);
        // In between, it never claims less than what the faded part leaves open.
        for (const one of [at(1), at(2), at(4)]) {
          expect(one.deviation ** 2).toBeGreaterThanOrEqual(
            (residual.noise ** 2 + residual.scale ** 2 * (1 - one.fade ** 2)) * (1 - 1e-12),
          );
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it("far away, the prediction is the schedule's cycles times the mean residual", () => {
    const bare = { ...residual, networks: [] };
    const inside = new Array<number>(features).fill(0);
    for (const sample of samples.slice(0, 20)) {
      const far = predicted(sample, new Array<number>(features).fill(50));
      expect(far.logCycles).toBeCloseTo(predicted(sample, inside, bare).logCycles, 9);
    }
  });
});
