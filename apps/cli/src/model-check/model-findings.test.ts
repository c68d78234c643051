import { gemmini, type LayerModel, type PerformanceModel } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, test } from "vitest";
import { modelFindings } from "./model-findings.js";

const base = analyticalModel(gemmini);

/** The analytical model with layers that lie. */
function liar(
  lie: (honest: LayerModel) => Partial<LayerModel>,
  more: Partial<PerformanceModel> = {},
): PerformanceModel {
  return {
    ...base,
    ...more,
    layer(problem) {
      const honest = base.layer(problem);
      return { ...honest, ...lie(honest) };
    },
  };
}

const faults = (model: PerformanceModel) => modelFindings(model, base).filter(({ state }) => state !== "ok");
const evaluating = (
  change: (cost: { energyPj: number; latencyCycles: number }, machine: { bandwidthShared: Float64Array }) => void,
) =>
  liar((honest) => ({
    evaluate(nest, machine, rounding, out) {
      honest.evaluate(nest, machine, rounding, out);
      change(out, machine);
    },
  }));

let turn = 0;
const liars: [lie: string, model: PerformanceModel, property: string, found: RegExp][] = [
  [
    "NaN now and then",
    evaluating((cost) => {
      if (cost.latencyCycles > 1e6) cost.latencyCycles = Number.NaN;
    }),
    "costs are finite and above 0",
    /^latencyCycles is NaN for \w+: DRAM/,
  ],
  [
    "negative energies",
    evaluating((cost) => {
      cost.energyPj -= 1e9;
    }),
    "costs are finite and above 0",
    /^energyPj is -/,
  ],
  [
    "an answer that depends on the ones before",
    evaluating((cost) => {
      cost.latencyCycles += turn++;
    }),
    "the same question has the same answer",
    /^latencyCycles is [\d.]+, then [\d.]+, for/,
  ],
  [
    "a gradient that forgets a factor",
    liar((honest) => ({
      gradient(nest, machine, seed, toFactors, toMachine) {
        honest.gradient(nest, machine, seed, toFactors, toMachine);
        toFactors[0] = 0;
      },
    })),
    "gradients are those of finite differences",
    /^the slope of \w+ by the log of the factor of \w at DRAM is 0, by differences -?[\d.e+]+/,
  ],
  [
    "a slope of sizes that has the wrong sign",
    { ...base, machineGradient: (sizes, to, out) => base.machineGradient(sizes, to, out.subarray(0, 0)) },
    "gradients are those of finite differences",
    /by the log of (peDim|scratchpadKb|accumulatorKb)/,
  ],
  [
    "bandwidth that slows down",
    evaluating((cost, { bandwidthShared }) => {
      cost.latencyCycles *= 1 + bandwidthShared[0]! / 100;
    }),
    "no layer is slower with more bandwidth",
    /^twice the bandwidth raises latencyCycles from/,
  ],
  [
    "an area that is none",
    {
      ...base,
      machine(sizes, rounding, out) {
        base.machine(sizes, rounding, out);
        out.areaUm2[1] = 1e9 - 1e9 * sizes[0]!;
      },
    },
    "areas and capacities are not below 0",
    /^areaUm2 of Scratchpad is -/,
  ],
];

describe("what is found of a model", () => {
  test("nothing of the analytical one", () => {
    expect(faults(base)).toEqual([]);
  });

  test.each(liars)("%s", (_, model, property, found) => {
    expect(faults(model)).toContainEqual(
      expect.objectContaining({ state: "fault", name: property, found: expect.stringMatching(found) }),
    );
  });

  test("a model without a gradient is no fault, and one that promises nothing is not held to it", () => {
    const silent = liar(
      () => ({
        gradient() {
          throw new Error("not differentiable");
        },
      }),
      { monotone: [] },
    );
    expect(modelFindings(silent, base)).toContainEqual(
      expect.objectContaining({ state: "missing", found: "it has none: not differentiable" }),
    );
    expect(
      modelFindings(silent, base)
        .map(({ name }) => name)
        .join(),
    ).not.toMatch(/bandwidth/);
  });
});
