import { combineWorkloads, conv, gemmini, machineOf, matmul, type Workload } from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, movementCost, priceTarget } from "@loopnest/model-analytical";
import { randomSearch, runSearch } from "@loopnest/optimizers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { designFigures } from "./design-figures.js";

const size = fc.integer({ min: 1, max: 24 });
const problem = fc.oneof(
  fc.record({ m: size, n: size, k: size }).map((shape) => matmul({ name: "product", ...shape })),
  fc.record({ P: size, Q: size, C: size, K: size }).map((shape) => conv({ name: "conv", R: 3, S: 3, ...shape })),
);
// A shape that several networks are likely to have.
const common = fc.constant(matmul({ name: "common", m: 8, n: 8, k: 8 }));
const count = fc.integer({ min: 1, max: 9 });
const layer = fc.record({ problem: fc.oneof(problem, common), count });
const movement = fc.record({ count, wordsRead: fc.nat(500), wordsWritten: fc.nat(500) });
const network = fc.record({
  layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
  dataMovement: fc.option(fc.array(movement, { minLength: 1, maxLength: 2 })),
  weight: fc.integer({ min: 1, max: 1000 }),
});

const shape = ({ dims, tensors }: Workload["layers"][number]["problem"]) => JSON.stringify([dims, tensors]);

test("totals of several networks are weighted sums of each alone, on the same hardware and mappings", async () => {
  const property = fc.asyncProperty(
    fc.array(network, { minLength: 1, maxLength: 3 }),
    fc.integer(),
    async (drawn, seed) => {
      const networks = drawn.map(({ layers, dataMovement, weight }, i) => {
        const moved = dataMovement?.map((own, n) => ({ ...own, name: `pool ${n}`, kind: "MaxPool" }));
        const texts = { name: `network ${i}`, description: "", source: "" };
        return { weight, workload: { ...texts, layers, ...(moved && { dataMovement: moved }) } };
      });
      const workload = combineWorkloads(networks);
      const task = { model: analyticalModel(gemmini), workload, objective: { name: "edp" }, fixed: {} } as const;
      const { best } = await runSearch(randomSearch, task, { seed, samples: 3 });
      const architecture = priceTarget(gemmini, builtInEnergyTable(gemmini.energyTable)).architecture(best!.hardware);
      const mapped = best!.layers.map(({ mapping }) => ({ file: "", mapping }));
      const { totals, networks: own } = designFigures(workload, architecture, mapped, "timeloop-2025");

      const alone = networks.map(({ workload: { layers, dataMovement = [] } }) => {
        const moved = movementCost(dataMovement, machineOf(architecture), "exact");
        const costs = layers.map(({ problem, count }, i) => {
          // A network that is alone stays as it is, equal layers apart.
          const merged = workload.layers.findIndex((layer) => shape(layer.problem) === shape(problem));
          const at = workload.networks === undefined ? i : merged;
          const { energyPj, cycles } = evaluate(problem, architecture, mapped[at]!.mapping);
          return [count * energyPj, count * cycles] as const;
        });
        const energyUj = costs.reduce((sum, [energyPj]) => sum + energyPj, moved.energyPj) / 1e6;
        return { energyUj, latencyCycles: costs.reduce((sum, [, cycles]) => sum + cycles, moved.latencyCycles) };
      });
      const near = (got: number, wanted: number) => expect(Math.abs(got / wanted - 1)).toBeLessThan(1e-12);
      for (const field of ["energyUj", "latencyCycles"] as const) {
        const sum = alone.reduce((total, figures, i) => total + networks[i]!.weight * figures[field], 0);
        near(totals[field], sum);
        near(best![field], sum);
        for (const [i, figures] of own?.entries() ?? []) near(figures.totals[field], alone[i]![field]);
      }
      near(totals.edp, totals.energyUj * totals.latencyCycles);
      expect(own?.map(({ name, weight }) => [name, weight])).toEqual(
        workload === networks[0]!.workload
          ? undefined
          : networks.map(({ workload, weight }) => [workload.name, weight]),
      );
    },
  );
  await fc.assert(property, { numRuns: 40 });
});
