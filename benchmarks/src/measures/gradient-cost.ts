import { type Cost, type CostSeed, emptyMachine, emptyNeeds, gemmini, resnet50 } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { realMappings, uniform } from "../random-mappings.js";
import { medianSeconds } from "../timing.js";

/** Value, and value with gradient, of every ResNet-50 layer on gemmini as built, at real factors. */
const MAPPINGS = 200;
const TURNS = 20;

const model = analyticalModel(gemmini);
const levels = gemmini.levels.length;
const machine = emptyMachine(levels);
model.machine(
  Float64Array.from(gemmini.sizes, (size) => size.default),
  "smooth",
  machine,
);
const random = uniform(2);
const needs = emptyNeeds(levels);
const toMachine = emptyMachine(levels);
const cost: Cost = { energyPj: 0, latencyCycles: 0 };
const seed: CostSeed = { energy: 1, latency: 1, needs: null };
const { layers } = resnet50();
const works = layers.flatMap(({ problem }) => {
  const layer = model.layer(problem);
  const { nest, factors, count } = realMappings(layer, MAPPINGS, random);
  const loops = nest.factor.length;
  const toFactors = new Float64Array(loops);
  const sweep = (withGradient: boolean) => {
    for (let turn = 0; turn < TURNS; turn++) {
      for (let m = 0; m < count; m++) {
        for (let i = 0; i < loops; i++) nest.factor[i] = factors[m * loops + i]!;
        layer.needs(nest, needs);
        layer.evaluate(nest, machine, "smooth", cost);
        if (withGradient) layer.gradient(nest, machine, seed, toFactors, toMachine);
      }
    }
  };
  return [() => sweep(false), () => sweep(true)];
});
const seconds = medianSeconds(works);
const each = MAPPINGS * TURNS;
console.log(
  JSON.stringify(
    layers.map(({ problem }, i) => ({
      layer: problem.name,
      valueMicroseconds: (1e6 * seconds[2 * i]!) / each,
      gradientMicroseconds: (1e6 * seconds[2 * i + 1]!) / each,
    })),
  ),
);
