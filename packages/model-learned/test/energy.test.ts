import { describe, expect, it } from "vitest";
import { trainModel } from "../src/calibrate/train-model.js";
import { learnedModel } from "../src/model/learned-model.js";
import { predictor } from "../src/model/predict.js";
import { readSamples } from "../src/samples/read-samples.js";
import { layerShapeKey, type Sample } from "../src/samples/sample.js";
import { readModel, writeModel } from "../src/saved/model-file.js";
import { prepareSamples } from "../src/training/prepared-samples.js";
import { base, measure, quick, withEnergy } from "./made-up-chip.js";

const samples = withEnergy(measure(200));
const shapes = [...new Set(samples.map(({ problem }) => layerShapeKey(problem)))];
const options = { ...quick, name: "made-up", source: "" };

describe("a model of measured energies", () => {
  it("predicts energies of shapes that it has not seen, twice as close as the table", () => {
    let [table, learned] = [0, 0];
    for (let fold = 0; fold < 4; fold++) {
      const isHeldOut = (one: Sample) => shapes.indexOf(layerShapeKey(one.problem)) % 4 === fold;
      const model = trainModel(
        base,
        samples.filter((one) => !isHeldOut(one)),
        options,
      );
      const predict = predictor(learnedModel(base, readModel(writeModel(model))));
      const heldOut = samples.filter(isHeldOut);
      prepareSamples(base, heldOut).forEach(({ logEnergy }, i) => {
        table += Math.abs(logEnergy!.analytical - logEnergy!.measured);
        learned += Math.abs(Math.log(predict(heldOut[i]!).predictedEnergyPj!) - logEnergy!.measured);
      });
    }
    expect(learned).toBeLessThan(table / 2);
  });

  it("leaves energies alone if none were measured", () => {
    const without = trainModel(base, measure(40), options);
    expect(without.energy).toBeUndefined();
    expect(predictor(learnedModel(base, without))(samples[0]!).predictedEnergyPj).toBeUndefined();
  });

  it("reads energies beside cycles", () => {
    const { problem, mapping } = samples[0]!;
    const line = JSON.stringify({ problem, mapping, cycles: 10, energyPj: 20 });
    expect(readSamples(line)[0]).toMatchObject({ measuredCycles: 10, measuredEnergyPj: 20 });
    expect(() => readSamples(line.replace('"energyPj":20', '"energyPj":-1'))).toThrow(/energyPj/);
  });
});
