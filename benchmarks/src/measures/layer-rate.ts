import { type Cost, emptyMachine, emptyNeeds, gemmini, resnet50 } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { fittingMappings, uniform } from "../random-mappings.js";
import { medianSeconds } from "../timing.js";

/** Exact evaluations of every ResNet-50 layer on gemmini as built: 200 mappings of each that fit, over and over. */
const MAPPINGS = 200;
const TURNS = 40;

const model = analyticalModel(gemmini);
const machine = emptyMachine(gemmini.levels.length);
model.machine(
  Float64Array.from(gemmini.sizes, (size) => size.default),
  "exact",
  machine,
);
const random = uniform(1);
const needs = emptyNeeds(gemmini.levels.length);
const cost: Cost = { energyPj: 0, latencyCycles: 0 };
const { layers } = resnet50();
const works = layers.map(({ problem }) => {
  const layer = model.layer(problem);
  const { nest, factors, count } = fittingMappings(layer, machine, MAPPINGS, random);
  const loops = nest.factor.length;
  return () => {
    for (let turn = 0; turn < TURNS; turn++) {
      for (let m = 0; m < count; m++) {
        for (let i = 0; i < loops; i++) nest.factor[i] = factors[m * loops + i]!;
        layer.needs(nest, needs);
        layer.evaluate(nest, machine, "exact", cost);
      }
    }
  };
});
const rates = medianSeconds(works).map((seconds) => (MAPPINGS * TURNS) / seconds);
console.log(JSON.stringify(layers.map(({ problem }, i) => ({ layer: problem.name, perSecond: rates[i] }))));
