import { conv, gemmini, type LayerModel, type PerformanceModel, type Workload } from "@loopnest/mapspace";
import { analyticalModel, tableFromActions } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { annealing, descent, exact, genetic, randomSearch, runSearch, type SearchMethod } from "../src/index.js";

const workload: Workload = {
  name: "one",
  description: "",
  source: "",
  layers: [{ problem: conv({ name: "conv1", R: 1, S: 1, P: 4, Q: 1, C: 4, K: 3 }), count: 1 }],
  dataMovement: [{ name: "pool", kind: "MaxPool", count: 1, wordsRead: 10, wordsWritten: 5 }],
};
const fixed = { peDim: 2, scratchpadKb: 1, accumulatorKb: 1 };
// biome-ignore lint/suspicious/noExplicitAny: methods differ in their options, and all have defaults.
const methods: Readonly<Record<string, SearchMethod<any>>> = { descent, randomSearch, annealing, genetic, exact };
// biome-ignore lint/suspicious/noExplicitAny: as above.
const search = (model: PerformanceModel, method: SearchMethod<any>) =>
  runSearch(method, { model, workload, objective: { name: "edp" }, fixed }, { seed: 1, samples: 20 });

const base = analyticalModel(gemmini);

/** The closed form with another evaluation of layers. */
function evaluating(evaluate: (layer: LayerModel) => LayerModel["evaluate"]): PerformanceModel {
  return {
    ...base,
    name: "wrong",
    layer(problem) {
      const layer = base.layer(problem);
      return { ...layer, evaluate: evaluate(layer) };
    },
  };
}

describe.each(Object.entries(methods))("%s", (_, method) => {
  it.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-1", -1],
  ])("tells of a model that returns %s by model, layer and mapping", async (text, value) => {
    const model = evaluating((layer) => (nest, machine, rounding, out) => {
      layer.evaluate(nest, machine, rounding, out);
      out.energyPj = value;
    });
    await expect(search(model, method)).rejects.toThrow(
      new RegExp(`^model: the model wrong gives layer conv1, mapped as DRAM.* an energy of ${text} pJ; a model gives`),
    );
  });

  it("tells of a model that answers later", async () => {
    const model = evaluating((layer) => async (nest, machine, rounding, out) => {
      layer.evaluate(nest, machine, rounding, out);
    });
    await expect(search(model, method)).rejects.toThrow(/the model wrong gives layer conv1, .* a promise/);
  });

  it("tells of prices that are no numbers, whether of layers or of data movement", async () => {
    const machine: PerformanceModel["machine"] = (sizes, rounding, out) => {
      base.machine(sizes, rounding, out);
      out.energyPerVectorAccessPj[1] = Number.NaN;
    };
    await expect(search({ ...base, machine }, method)).rejects.toThrow(/sizes 2, 1, 1 a machine with energyPer.* NaN/);
    const movementCost = () => ({ energyPj: 1, latencyCycles: Number.NaN });
    await expect(search({ ...base, movementCost }, method)).rejects.toThrow(/data movement a latency of NaN cycles/);
  });

  it("takes prices of 0", async () => {
    const free = { energyPerVectorAccessPj: 0 };
    const levels = Object.fromEntries(gemmini.levels.map(({ name }) => [name, free]));
    const table = tableFromActions({ levels, mac: { energyPj: 1 } });
    const { best } = await search(analyticalModel(gemmini, { table }), method);
    // 48 multiply-accumulates at 1 pJ, and nothing else.
    expect(best!.energyUj).toBeCloseTo(48e-6, 12);
    expect(Number.isFinite(best!.latencyCycles)).toBe(true);
  });
});
