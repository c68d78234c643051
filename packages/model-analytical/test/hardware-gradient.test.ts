import {
  builtInTarget,
  type Cost,
  conv,
  emptyMachine,
  emptyNeeds,
  matmul,
  type Target,
  targetNames,
} from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, energyTableNames } from "@loopnest/model-analytical";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withWires } from "./with-wires.js";

const problems = [
  conv({ R: 3, S: 3, P: 56, Q: 56, C: 64, K: 64, N: 2 }),
  conv({ R: 7, S: 5, P: 112, Q: 28, C: 3, K: 64, stride: 2 }),
  matmul({ m: 128, n: 768, k: 3072 }),
];
/** What the derivative is taken of, and its weights of energy and latency from their values. */
const objectives = [
  { name: "energy", seed: () => [1, 0], value: ({ energyPj }: Cost) => energyPj },
  { name: "latency", seed: () => [0, 1], value: ({ latencyCycles }: Cost) => latencyCycles },
  {
    name: "EDP",
    seed: ({ energyPj, latencyCycles }: Cost) => [latencyCycles, energyPj],
    value: ({ energyPj, latencyCycles }: Cost) => energyPj * latencyCycles,
  },
] as const;

const shares = (count: number) =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: count, maxLength: count });

/** Whether some bandwidth depends on a size: if not, neither does latency. */
function portsGrow(of: Target): boolean {
  return of.levels.some((level) =>
    Object.values(level.bandwidthWordsPerCycle ?? {}).some((port) => typeof port === "string"),
  );
}

describe("the gradient with respect to hardware sizes", () => {
  for (const of of [...targetNames.map(builtInTarget), withWires("gemmini")]) {
    const { name } = of;
    for (const table of energyTableNames) {
      it(`agrees with finite differences of energy, latency and EDP: ${name}, ${table}`, () => {
        const model = analyticalModel(of, { table: builtInEnergyTable(table) });
        const layers = problems.map((problem) => model.layer(problem));
        const levelCount = of.levels.length;
        const machine = emptyMachine(levelCount);
        const needs = emptyNeeds(levelCount);
        let checked = 0;
        let kinks = 0;
        const moved = { energy: 0, latency: 0, EDP: 0 };
        fc.assert(
          fc.property(fc.constantFrom(...layers), shares(40), shares(of.sizes.length), (layer, factors, where) => {
            const nest = layer.space.nest();
            nest.factor.forEach((_, i) => {
              nest.factor[i] = 1.1 + 5 * factors[i % factors.length]!;
            });
            const sizes = Float64Array.from(
              of.sizes,
              ({ min, max }, i) => min * (max / min) ** (0.05 + 0.9 * where[i]!),
            );
            const cost: Cost = { energyPj: 0, latencyCycles: 0 };
            const evaluate = () => {
              model.machine(sizes, "smooth", machine);
              layer.needs(nest, needs);
              layer.evaluate(nest, machine, "smooth", cost);
              return cost;
            };
            for (const objective of objectives) {
              const here = objective.value(evaluate());
              const [energy, latency] = objective.seed(cost) as [number, number];
              const toMachine = emptyMachine(levelCount);
              const toLogSizes = new Float64Array(sizes.length);
              layer.gradient(
                nest,
                machine,
                { energy, latency, needs: null },
                new Float64Array(nest.factor.length),
                toMachine,
              );
              model.machineGradient(sizes, toMachine, toLogSizes);
              for (let i = 0; i < sizes.length; i++) {
                const at = sizes[i]!;
                const valueAt = (step: number) => {
                  sizes[i] = at * Math.exp(step);
                  const value = objective.value(evaluate());
                  sizes[i] = at;
                  return value;
                };
                const [left, right] = [(here - valueAt(-1e-5)) / 1e-5 / here, (valueAt(1e-5) - here) / 1e-5 / here];
                checked++;
                // A kink within the step shows as slopes that differ: two resources equally slow, a knot of a price
                // table.
                if (Math.abs(left - right) > 1e-3) kinks++;
                else expect(toLogSizes[i]! / here).toBeCloseTo((left + right) / 2, 4);
                if (left !== 0) moved[objective.name]++;
              }
            }
          }),
          { numRuns: 40 },
        );
        expect(kinks / checked).toBeLessThan(0.02);
        expect(Math.min(moved.energy, moved.EDP)).toBeGreaterThan(0);
        expect(moved.latency > 0).toBe(portsGrow(of));
      });
    }
  }
});
