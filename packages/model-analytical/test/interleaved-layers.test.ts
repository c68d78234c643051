import {
  type ConvShape,
  conv,
  emptyMachine,
  emptyNeeds,
  eyeriss,
  type LoopNest,
  primeFactors,
  seededRandom,
} from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { analyticalModel } from "../src/index.js";

const model = analyticalModel(eyeriss);
const machine = emptyMachine(eyeriss.levels.length);
model.machine(
  Float64Array.from(eyeriss.sizes, (size) => size.default),
  "exact",
  machine,
);

/** A layer with a nest of it, and what the steps of an evaluation do to them. */
function layer(shape: ConvShape, seed: number) {
  const own = model.layer(conv(shape));
  const draw = seededRandom(seed);
  const nest: LoopNest = own.space.nest();
  nest.factor.fill(1);
  own.space.slotsOf.forEach((slots, d) => {
    for (const prime of primeFactors(own.space.shape.bounds[d]!)) {
      nest.factor[draw.pick(slots)]! *= prime;
    }
  });
  const cost = { energyPj: 0, latencyCycles: 0 };
  const toFactors = new Float64Array(nest.factor.length);
  return {
    steps: [
      () => own.needs(nest, emptyNeeds(eyeriss.levels.length)),
      () => own.evaluate(nest, machine, "smooth", cost),
      () =>
        own.gradient(
          nest,
          machine,
          { energy: 1, latency: 1, needs: null },
          toFactors,
          emptyMachine(machine.levelCount),
        ),
    ],
    found: () => ({ ...cost, toFactors: [...toFactors] }),
  };
}

describe("two layers evaluated in turn", () => {
  it("find what each finds alone", () => {
    for (let seed = 0; seed < 40; seed++) {
      const shapes: ConvShape[] = [
        { P: 8, Q: 8, C: 6, K: 4, R: 3, S: 3 },
        { P: 6, Q: 12, C: 2, K: 16, R: 5, S: 3, stride: 2 },
      ];
      const alone = shapes.map((shape, i) => {
        const one = layer(shape, 2 * seed + i);
        for (const step of one.steps) step();
        return one.found();
      });
      const together = shapes.map((shape, i) => layer(shape, 2 * seed + i));
      for (let k = 0; k < 3; k++) for (const one of together) one.steps[k]!();
      expect(together.map((one) => one.found())).toEqual(alone);
    }
  });
});
