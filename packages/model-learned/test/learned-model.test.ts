import { emptyMachine, emptyNeeds, gemmini, LoopnestError, seededRandom } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { FEATURE_GROUPS } from "../src/features/feature-table.js";
import { type LearnedLayer, learnedModel } from "../src/model/learned-model.js";
import { randomMappings } from "../src/proposals/propose-samples.js";
import type { SavedModel } from "../src/saved/saved-model.js";
import { gemminiRtl } from "../src/trained/gemmini-rtl.js";
import { type PreparedSample, prepareSamples } from "../src/training/prepared-samples.js";
import { type TrainingOptions, trainResidual } from "../src/training/train-residual.js";
import { base, measure, problems, quick } from "./made-up-chip.js";

function saved(samples: readonly PreparedSample[], options: Partial<TrainingOptions> = {}): SavedModel {
  const residual = trainResidual(samples, { ...quick, ...options });
  const origin = { samples: samples.length, shapes: 8, dataHash: "", seed: 1, source: "made up", metrics: null };
  const counts = base.counts!;
  return { name: "made-up", target: "systolic", counts, residual, groups: residual.groups, featureNames: [], origin };
}

const measured = prepareSamples(base, measure(160));

function cyclesOf(model: ReturnType<typeof learnedModel>, { sample, nest, machine }: PreparedSample) {
  const layer = model.layer(sample.problem);
  const cost = { energyPj: 0, latencyCycles: 0 };
  layer.needs(nest, emptyNeeds(nest.levelCount));
  layer.evaluate(nest, machine, "exact", cost);
  return { ...cost, baseCycles: layer.baseCycles(), ...layer.correction };
}

describe("a learned model", () => {
  it("is the analytical model before it has seen anything", () => {
    const model = learnedModel(base, saved([]));
    for (const one of measured.slice(0, 20)) {
      const { latencyCycles, baseCycles } = cyclesOf(model, one);
      expect(latencyCycles / baseCycles).toBeCloseTo(1, 12);
    }
  });

  it("leaves energy and machines to the model that it wraps", () => {
    const model = learnedModel(base, saved(measured));
    const [one] = measured;
    const cost = { energyPj: 0, latencyCycles: 0 };
    const layer = base.layer(one!.sample.problem);
    layer.needs(one!.nest, emptyNeeds(one!.nest.levelCount));
    layer.evaluate(one!.nest, one!.machine, "exact", cost);
    expect(cyclesOf(model, one!).energyPj).toBe(cost.energyPj);
    const machines = [model, base].map((of) => {
      const machine = emptyMachine(4);
      of.machine(one!.sizes, "exact", machine);
      return machine;
    });
    expect(machines[0]).toEqual(machines[1]);
  });

  it("predicts unseen shapes better than the analytical model, and knows how well", () => {
    const unseen = measured.filter(({ shape }) => shape % 4 === 0);
    const model = learnedModel(base, saved(measured.filter(({ shape }) => shape % 4 !== 0)));
    const errors = unseen.map((one) => {
      const { latencyCycles, baseCycles, deviation } = cyclesOf(model, one);
      const measuredCycles = one.sample.measuredCycles;
      return {
        learned: Math.abs(Math.log(latencyCycles / measuredCycles)),
        analytical: Math.abs(Math.log(baseCycles / measuredCycles)),
        deviation,
      };
    });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(errors.map(({ learned }) => learned))).toBeLessThan(
      mean(errors.map(({ analytical }) => analytical)) / 3,
    );
    const inside = errors.filter(({ learned, deviation }) => learned <= 2 * deviation).length / errors.length;
    expect(inside).toBeGreaterThan(0.7);
  });

  it("fades to the mean correction, with all its spread, outside what it was trained on", () => {
    const model = learnedModel(base, saved(measured));
    const [one] = measured;
    const known = cyclesOf(model, one!);
    const { residual } = model.saved;
    const strange = saved(measured);
    // The same machine, as if every sample had run on an array of another size.
    const rows = (features: Float64Array) => features.map((value, i) => (i === 13 ? value + 40 : value));
    const elsewhere = learnedModel(base, {
      ...strange,
      residual: { ...residual, features: { ...residual.features, mean: rows(residual.features.mean) } },
    });
    const unknown = cyclesOf(elsewhere, one!);
    expect(known.fade).toBe(1);
    expect(unknown.fade).toBeLessThan(1e-6);
    expect(unknown.deviation).toBeCloseTo(Math.hypot(residual.noise, residual.scale), 6);
    expect(unknown.deviation).toBeGreaterThan(known.deviation);
  });

  it("never predicts more rows a cycle through the array than it takes", () => {
    const file = saved(measured);
    const hurried = { ...file, residual: { ...file.residual, mean: file.residual.mean - 5 } };
    for (const one of measured.slice(0, 20)) {
      const { latencyCycles } = cyclesOf(learnedModel(base, hurried), one);
      const macs = Object.values(one.sample.problem.dims).reduce((product, bound) => product * bound, 1);
      expect(file.residual.logFastestRow).toBeLessThanOrEqual(0);
      expect(latencyCycles).toBeGreaterThan((0.999 * Math.exp(file.residual.logFastestRow) * macs) / 256);
    }
  });

  it.each([
    ["the plain driver", base, () => saved(measured)],
    ["the gemmini driver", analyticalModel(gemmini, { counts: "timeloop-2022" }), gemminiRtl],
    ["all features", base, () => saved(measured, { groups: FEATURE_GROUPS })],
    ["the analytical latency", base, () => saved(measured, { prior: "analytical" })],
  ] as const)("predicts a mapping the same, come back to or new, with %s", (_, wrapped, make) => {
    const model = learnedModel(wrapped, make());
    const mappings = randomMappings(wrapped, 90, { problems: problems.slice(0, 3), seed: 5 });
    const source = seededRandom(3);
    const cost = { energyPj: 0, latencyCycles: 0 };
    const kept = new Map(mappings.map(({ space }) => [space.problem, model.layer(space.problem)]));
    const predict = (
      layer: LearnedLayer,
      { nest, machine }: (typeof mappings)[number],
      rounding: "exact" | "smooth",
    ) => {
      layer.needs(nest, emptyNeeds(nest.levelCount));
      layer.evaluate(nest, machine, rounding, cost);
      const { logCycles, deviation, fade } = layer.correction;
      return [cost.latencyCycles, logCycles, deviation, fade];
    };
    for (let turn = 0; turn < 160; turn++) {
      const one = mappings[source.below(mappings.length)]!;
      const rounding = source.below(3) === 0 ? "smooth" : "exact";
      // Other loop orders of the same tiles, too: turn two of the outermost level's loops.
      const { nest } = one;
      const [from, to] = [nest.startTemporal[0]!, nest.end[0]!];
      const [i, k] = [from + source.below(to - from), from + source.below(to - from)];
      [nest.dim[i], nest.dim[k]] = [nest.dim[k]!, nest.dim[i]!];
      [nest.factor[i], nest.factor[k]] = [nest.factor[k]!, nest.factor[i]!];
      expect(predict(kept.get(one.space.problem)!, one, rounding)).toEqual(
        predict(model.layer(one.space.problem), one, rounding),
      );
    }
  });

  it("counts a mapping as slow as it may be when asked to", () => {
    const file = saved(measured);
    const [plain, careful] = [learnedModel(base, file), learnedModel(base, file, { uncertaintyPenalty: 2 })];
    for (const one of measured.slice(0, 10)) {
      const { latencyCycles, deviation } = cyclesOf(plain, one);
      expect(cyclesOf(careful, one).latencyCycles / latencyCycles).toBeCloseTo(Math.exp(2 * deviation), 9);
    }
  });

  it("does not wrap a model of another target", () => {
    expect(() => learnedModel(base, gemminiRtl())).toThrow(LoopnestError);
    expect(() => learnedModel(base, gemminiRtl())).toThrow(/gemmini-rtl is for the target gemmini, not systolic/);
    const today = analyticalModel(gemmini);
    expect(() => learnedModel(today, gemminiRtl())).toThrow(/gemmini-rtl corrects timeloop-2022, not timeloop-2025/);
    const counted = analyticalModel(gemmini, { counts: "timeloop-2022" });
    expect(learnedModel(counted, gemminiRtl()).name).toMatch(/^gemmini-rtl on analytical/);
  });

  it("needs the tensors that its features are made of", () => {
    const [problem] = problems;
    const renamed = problem!.tensors.map((tensor) =>
      tensor.name === "Inputs" ? { ...tensor, name: "Pixels" } : tensor,
    );
    const target = {
      ...base.target,
      levels: base.target.levels.map((level) => ({
        ...level,
        keeps: level.keeps.map((name) => (name === "Inputs" ? "Pixels" : name)),
      })),
    };
    const model = learnedModel(analyticalModel(target), saved([]));
    expect(() => model.layer({ ...problem!, tensors: renamed })).toThrow(/no tensor Inputs/);
  });
});
