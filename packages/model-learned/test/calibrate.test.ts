import { describe, expect, it } from "vitest";
import { calibrate } from "../src/calibrate/calibrate.js";
import { foldsByShape } from "../src/calibrate/cross-validate.js";
import { layerFeatures } from "../src/features/layer-features.js";
import { metrics, spearman } from "../src/metrics/metrics.js";
import { learnedModel } from "../src/model/learned-model.js";
import { predictor } from "../src/model/predict.js";
import { proposeSamples, randomMappings } from "../src/proposals/propose-samples.js";
import { layerShapeKey } from "../src/samples/sample.js";
import { readModel, writeModel } from "../src/saved/model-file.js";
import { typicalUnits } from "../src/schedule/machine-constants.js";
import { type PreparedSample, prepareSamples } from "../src/training/prepared-samples.js";
import { base, measure, problems, quick } from "./made-up-chip.js";

describe("metrics", () => {
  it("rank with ties as Spearman's coefficient does", () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 0.9486832980505138 (SciPy 1.16, scipy.stats.spearmanr).
    expect(spearman([1, 2, 2, 3], [10, 30, 20, 40])).toBeCloseTo(0.9486832980505138, 12);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it("count errors relative to the measurement", () => {
    const logs = (values: number[]) => values.map(Math.log);
    const got = metrics(logs([100, 120, 50, 95]), logs([100, 100, 100, 100]));
    expect(got.medianRelativeError).toBeCloseTo(0.125, 9);
    expect(got.within10).toBe(0.5);
    expect(got.within25).toBe(0.75);
    expect(got.meanAbsLogError).toBeCloseTo((Math.log(1.2) + Math.log(2) - Math.log(0.95)) / 4, 9);
  });
});

describe("calibration", () => {
  const samples = measure(200);

  it("never predicts a shape that it was trained on", () => {
    const prepared = prepareSamples(base, samples);
    const folds = foldsByShape(prepared, 4, 1);
    const foldOf = new Map<string, number>();
    prepared.forEach(({ sample }, i) => {
      const key = layerShapeKey(sample.problem);
      expect(foldOf.get(key) ?? folds[i]).toBe(folds[i]);
      foldOf.set(key, folds[i]!);
    });
    expect(new Set(folds).size).toBe(4);
  });

  it("reports three predictors on unseen shapes, points, a learning curve and sparse regions", async () => {
    const stages: string[] = [];
    const result = await calibrate(base, samples, {
      ...quick,
      name: "made-up",
      source: "a test",
      folds: 4,
      onProgress: (stage) => stages.push(stage),
    });
    const { analytical, learned, both } = result.crossValidation.predictors;
    expect(both.pooled.meanAbsLogError).toBeLessThan(analytical.pooled.meanAbsLogError / 2);
    expect(both.pooled.meanAbsLogError).toBeLessThan(learned.pooled.meanAbsLogError);
    expect(both.pooled.spearman).toBeGreaterThan(0.97);
    expect(both.spread.spearman).toBeGreaterThan(0);
    expect(result.crossValidation.points).toHaveLength(200);
    const curve = result.learningCurve;
    expect(curve.map(({ trainedOn }) => trainedOn)).toEqual([25, 50, 100, expect.any(Number)]);
    expect(curve.at(-1)!.meanAbsLogError).toBeLessThan(curve[0]!.meanAbsLogError);
    expect([...new Set(stages)]).toEqual(["cross-validation", "learning curve", "training"]);
    expect(result.model.origin).toMatchObject({ samples: 200, shapes: 8 });
    expect(result.model.origin.metrics!.both.spearman).toBe(both.pooled.spearman);
    const again = readModel(writeModel(result.model));
    const predict = predictor(learnedModel(base, again));
    const one = predict(samples[0]!);
    expect(Math.abs(Math.log(one.predictedCycles / samples[0]!.measuredCycles))).toBeLessThan(4 * one.uncertainty);
  });

  it("is the same for the same seed", async () => {
    const run = () =>
      calibrate(base, samples.slice(0, 60), {
        ...quick,
        epochs: 8,
        name: "a",
        source: "",
        folds: 2,
        learningCurve: false,
      });
    expect(writeModel((await run()).model)).toBe(writeModel((await run()).model));
  });

  it("names regions of which there are few samples", async () => {
    const onlySmall = samples.filter(({ mapping }) => mapping[0]!.temporal.reduce((n, [, f]) => n * f, 1) < 64);
    const { sparseRegions } = await calibrate(base, onlySmall, {
      ...quick,
      epochs: 4,
      name: "a",
      source: "",
      folds: 2,
      learningCurve: false,
    });
    const calls = sparseRegions.filter(({ axis }) => axis === "calls");
    expect(calls.length).toBeGreaterThan(0);
    for (const { from, sampleShare, mapspaceShare } of calls) {
      expect(from).toBeGreaterThanOrEqual(64);
      expect(sampleShare).toBeLessThan(mapspaceShare);
    }
    // All were measured on one array: others are not missing.
    expect(sparseRegions.filter(({ axis }) => axis === "rows")).toEqual([]);
  });

  it("needs more than one layer shape, and stops when told to", async () => {
    const one = samples.filter(({ problem }) => layerShapeKey(problem) === layerShapeKey(samples[0]!.problem));
    const options = { ...quick, name: "a", source: "" };
    await expect(calibrate(base, one, options)).rejects.toThrow(/at least 2 layers/);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(calibrate(base, samples, { ...options, signal })).rejects.toThrow("enough");
  });
});

describe("proposed samples", () => {
  it("fit the machine, are all different, and the same for the same seed", () => {
    const options = { problems, seed: 4, hardware: { peDim: 8 } };
    const proposed = proposeSamples(base, 40, options);
    expect(proposed).toHaveLength(40);
    expect(proposeSamples(base, 40, options)).toEqual(proposed);
    expect(new Set(proposed.map(({ problem, mapping }) => JSON.stringify([problem.dims, mapping]))).size).toBe(40);
    for (const { hardware, mapping } of proposed) {
      expect(hardware["peDim"]).toBe(8);
      for (const { spatial } of mapping) for (const [, factor] of spatial) expect(factor).toBeLessThanOrEqual(8);
    }
    expect(new Set(proposed.map(({ problem }) => layerShapeKey(problem))).size).toBe(problems.length);
  });

  it("are spread: farther from each other, and over a wider range, than random ones", () => {
    const options = { problems, hardware: { peDim: 8 } };
    const asSamples = proposeSamples(base, 60, { ...options, seed: 4 }).map((one) => ({ ...one, measuredCycles: 1 }));
    const features = (all: readonly Pick<PreparedSample, "space" | "nest" | "machine" | "logAnalytical">[]) =>
      all.map(({ space, nest, machine, logAnalytical }) => {
        const own = layerFeatures(space, "plain", ["counts", "tiles"], typicalUnits);
        own.write(nest, machine, logAnalytical, true);
        return own.values.slice();
      });
    const proposed = features(prepareSamples(base, asSamples));
    const drawn = features(randomMappings(base, 60, { ...options, seed: 5 }));
    const mapspace = features(randomMappings(base, 600, { ...options, seed: 6 }));
    const gap = (rows: readonly Float64Array[]) => {
      const nearest = rows.map((row) =>
        Math.min(...rows.map((other) => (other === row ? Infinity : Math.hypot(...row.map((x, k) => x - other[k]!))))),
      );
      return nearest.sort((a, b) => a - b)[rows.length >> 1]!;
    };
    const inRange = (rows: readonly Float64Array[]) =>
      mapspace.filter((row) =>
        row.every((x, k) => {
          const column = rows.map((other) => other[k]!);
          return x >= Math.min(...column) - 1e-9 && x <= Math.max(...column) + 1e-9;
        }),
      ).length / mapspace.length;
    expect(gap(proposed)).toBeGreaterThan(1.2 * gap(drawn));
    expect(inRange(proposed)).toBeGreaterThan(inRange(drawn));
  });

  it("are those of which a calibrated model is least sure", async () => {
    const small = measure(60);
    const { model } = await calibrate(base, small, { ...quick, name: "a", source: "", folds: 2, learningCurve: false });
    const proposed = proposeSamples(base, 20, { problems, seed: 4, model });
    const others = proposeSamples(base, 20, { problems, seed: 4 });
    const predict = predictor(learnedModel(base, model));
    const mean = (list: typeof others) => list.reduce((sum, one) => sum + predict(one).uncertainty, 0) / list.length;
    expect(mean(proposed)).toBeGreaterThan(mean(others));
    for (const one of proposed) expect(predict(one).uncertainty).toBeCloseTo(one.uncertainty!, 9);
  });
});
