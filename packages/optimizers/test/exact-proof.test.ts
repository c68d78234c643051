import { conv, emptyMachine, emptyNeeds, type Layer, seededRandom, type Workload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { beforeAll, describe, expect, it } from "vitest";
import { goal } from "../src/exact/bounds/goal.js";
import { gatherMappings } from "../src/exact/enumerate/gather-mappings.js";
import { type MappingPool, makeMappingPool } from "../src/exact/enumerate/mapping-pool.js";
import { makeHardwareProof } from "../src/exact/proof/hardware-proof.js";
import { type HardwareSpace, makeHardwareSpace } from "../src/exact/space/hardware-space.js";
import { leastCosts } from "../src/exact/space/least-costs.js";
import { makeNetwork, type Network } from "../src/network/network.js";
import { everyNest, exhaustiveSearch } from "./exhaustive-search.js";
import { everyHardware, smallGemmini, steepTable } from "./small-targets.js";

const layers: readonly Layer[] = [
  { count: 2, problem: conv({ R: 2, S: 1, P: 4, Q: 1, C: 2, K: 4, stride: 2 }) },
  { count: 1, problem: conv({ R: 1, S: 1, P: 4, Q: 1, C: 3, K: 3 }) },
];
const workload: Workload = { name: "two", description: "", source: "", layers };
const model = analyticalModel(smallGemmini, { table: steepTable });
const task = { model, workload, objective: { name: "edp" as const }, fixed: {} };

let net: Network;
let space: HardwareSpace;
let arrays: number[];
let pools: MappingPool[];

beforeAll(async () => {
  net = makeNetwork(task);
  space = makeHardwareSpace(smallGemmini, net.fixed);
  arrays = space.arrays.map((_, a) => a);
  pools = [];
  const least = leastCosts(space, model);
  for (const layer of net.layers) {
    const gathered = await gatherMappings(
      space,
      task,
      layer,
      arrays,
      least,
      () => true,
      () => true,
    );
    pools.push(makeMappingPool(space, task, layer, arrays, gathered!));
  }
});

describe("the pool of a layer", () => {
  it("is a small part of all mappings, and has the best one for every hardware and every weight of latency", () => {
    const random1 = seededRandom(7);
    net.layers.forEach(({ model: layer }, i) => {
      const machine = emptyMachine(4);
      const needs = emptyNeeds(4);
      const cost = { energyPj: 0, latencyCycles: 0 };
      let all = 0;
      everyNest(layer, layers[i]!.problem, () => all++);
      expect(pools[i]!.count).toBeLessThan(all / 2);
      for (let trial = 0; trial < 12; trial++) {
        const sizes = smallGemmini.sizes.map(({ min, max }) => min + random1.below(max - min + 1));
        model.machine(Float64Array.from(sizes), "exact", machine);
        const lambda = 10 ** (4 * random1.uniform() - 2);
        const weigh = (nest: Parameters<typeof layer.needs>[0]): number => {
          layer.needs(nest, needs);
          const fits = needs.words.every((words, l) => words <= machine.capacityWords[l]!);
          if (!fits || needs.x[1]! > sizes[0]! || needs.x[2]! > sizes[0]!) return Number.POSITIVE_INFINITY;
          layer.evaluate(nest, machine, "exact", cost);
          return cost.energyPj + lambda * cost.latencyCycles;
        };
        let best = Number.POSITIVE_INFINITY;
        everyNest(layer, layers[i]!.problem, (nest) => {
          best = Math.min(best, weigh(nest));
        });
        let kept = Number.POSITIVE_INFINITY;
        for (let mapping = 0; mapping < pools[i]!.count; mapping++) {
          kept = Math.min(kept, weigh(pools[i]!.nest(mapping)));
        }
        expect(kept / best, `${sizes} ${lambda}`).toBeCloseTo(1, 12);
      }
    });
  });
});

describe("the proof", () => {
  it("has at every step a bound not above the optimum, a best not below it, and ends with both equal", () => {
    const truth = exhaustiveSearch(model, workload, everyHardware(smallGemmini));
    for (const objective of [
      { name: "edp" },
      { name: "edap" },
      { name: "energy", maxLatencyCycles: 90 },
      { name: "edp", maxAreaMm2: 0.016 },
    ] as const) {
      const optimum = truth(objective);
      const limited = makeNetwork({ ...task, objective });
      const found: number[] = [];
      const proof = makeHardwareProof(space, limited, goal(objective), 0, null, (design) => found.push(design.value));
      proof.add(arrays, pools);
      let before = 0;
      let steps = 0;
      do {
        expect(proof.lowerBound).toBeLessThanOrEqual(optimum * (1 + 1e-12));
        expect(proof.lowerBound).toBeGreaterThanOrEqual(before);
        before = proof.lowerBound;
        if (proof.best !== null) expect(proof.best.value).toBeGreaterThanOrEqual(optimum * (1 - 1e-12));
      } while (proof.step() && ++steps < 1e5);
      expect(proof.best!.value / optimum).toBeCloseTo(1, 12);
      expect(proof.lowerBound).toBe(proof.best!.value);
      expect(found).toEqual([...found].sort((a, b) => b - a));
      expect(found[found.length - 1]).toBe(proof.best!.value);
    }
  });

  it("stops within the gap it is given", () => {
    const optimum = exhaustiveSearch(model, workload, everyHardware(smallGemmini))({ name: "edp" });
    const proof = makeHardwareProof(space, net, goal({ name: "edp" }), 0.05, null, () => {});
    proof.add(arrays, pools);
    while (proof.step());
    expect(proof.best!.value).toBeLessThanOrEqual(optimum * 1.05);
    expect(proof.lowerBound).toBeLessThanOrEqual(optimum);
    expect(proof.best!.value / proof.lowerBound).toBeLessThanOrEqual(1.05 + 1e-9);
  });
});
