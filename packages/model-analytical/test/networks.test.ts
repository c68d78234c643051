import {
  type Cost,
  conv,
  emptyMachine,
  emptyNeeds,
  factorizations,
  hardwareOf,
  type LayerModel,
  type LoopNest,
  matmul,
  seededRandom,
  unflatten,
} from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { withWires } from "./with-wires.js";

const problems = [
  conv({ R: 3, S: 3, P: 4, Q: 4, C: 6, K: 8, N: 2 }),
  conv({ R: 2, S: 1, P: 6, Q: 2, C: 4, K: 3, stride: 2 }),
  matmul({ m: 12, n: 30, k: 16 }),
];

function randomNest(layer: LayerModel, below: (bound: number) => number): LoopNest {
  const nest = layer.space.nest();
  layer.space.slotsOf.forEach((own, d) => {
    const choices = factorizations(layer.space.shape.bounds[d]!, own.length);
    const factors = choices[below(choices.length)]!;
    own.forEach((slot, k) => {
      nest.factor[slot] = factors[k]!;
    });
  });
  return nest;
}

for (const name of ["gemmini", "eyeriss", "simba"]) {
  it(`a search counts the wires of ${name} as an evaluation of its machine does, and smoothly but for floors`, () => {
    const target = withWires(name);
    const model = analyticalModel(target);
    const { architecture } = priceTarget(target, builtInEnergyTable(target.energyTable));
    const sizes = Float64Array.from(target.sizes, (size) => size.default);
    const machine = emptyMachine(target.levels.length);
    model.machine(sizes, "exact", machine);
    const on = architecture(hardwareOf(target, sizes));
    const { below } = seededRandom(7);
    const names = target.levels.map((level) => level.name);
    let compared = 0;
    for (const problem of problems) {
      const layer = model.layer(problem);
      for (let i = 0; i < 40; i++) {
        const nest = randomNest(layer, below);
        layer.needs(nest, emptyNeeds(nest.levelCount));
        const cost: Cost = { energyPj: 0, latencyCycles: 0 };
        layer.evaluate(nest, machine, "smooth", cost);
        const smooth = layer.account!.traffic.networkPj;
        layer.evaluate(nest, machine, "exact", cost);
        const exact = layer.account!.traffic.networkPj;
        expect(Math.abs(exact / smooth - 1)).toBeLessThan(0.02);
        let counted: ReturnType<typeof evaluate>;
        try {
          counted = evaluate(problem, on, unflatten(layer.space.shape, names, nest));
        } catch {
          continue;
        }
        compared++;
        const wires = Object.values(counted.networks).flatMap((network) => Object.values(network));
        expect(wires.reduce((sum, { energyPj }) => sum + energyPj, 0) / exact).toBeCloseTo(1, 12);
        expect(counted.energyPj / cost.energyPj).toBeCloseTo(1, 12);
      }
    }
    expect(compared).toBeGreaterThan(10);
  });
}
