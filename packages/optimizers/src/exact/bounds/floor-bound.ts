import { emptyMachine, macs, type PerformanceModel } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { fixedMovement } from "../costs/fixed-movement.js";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import type { Goal } from "./goal.js";
import { makeLowerHull } from "./lower-hull.js";
import { makeNetworkHull } from "./network-hull.js";

/** A value that no design can beat, known while mappings are still gone through. */
export interface FloorBound {
  readonly value: number;
  /** Takes in all mappings of a layer. */
  refine(layer: number, pool: MappingPool): void;
}

/**
 * A layer whose mappings are not known costs at least its multiply-accumulates, with all compute units of the largest array at work in
 * every cycle. One whose mappings are known costs one of them, at the prices of the smallest memories.
 */
export function makeFloorBound(space: HardwareSpace, network: Network, goal: Goal): FloorBound {
  const { areaUm2, macEnergyPj, units, prices } = leastCosts(space, network.task.model);
  const hulls = network.task.workload.layers.map(({ problem, count }) => {
    const hull = makeLowerHull();
    const work = count * macs(problem);
    hull.push(work / units, work * macEnergyPj, 0);
    return hull;
  });
  const total = makeNetworkHull(hulls, fixedMovement(space, network));

  return {
    get value() {
      total.sweep();
      let product = Number.POSITIVE_INFINITY;
      for (let k = 0; k < total.count; k++)
        product = Math.min(product, goal.ofTotals(total.energy[k]!, total.latency[k]!));
      return goal.value(1, 1, areaUm2) * product;
    },
    refine(layer, { layout, layer: { count }, count: mappings, read }) {
      if (mappings === 0) return;
      const energy = new Float64Array(mappings);
      const latency = new Float64Array(mappings);
      for (let c = 0; c < mappings; c++) {
        energy[c] = read.steadyEnergyPj(c);
        for (const l of layout.accessLevels) energy[c]! += read.accesses(c, l) * prices[l]!;
        for (const l of layout.looseLevels)
          if (space.varies[l]!.block) energy[c]! += read.leastWords(c, l) * prices[l]!;
        latency[c] = read.steadyCycles(c);
      }
      const order = Int32Array.from(energy, (_, c) => c).sort((x, y) => latency[x]! - latency[y]!);
      hulls[layer]!.clear();
      for (const c of order) hulls[layer]!.push(latency[c]! * count, energy[c]! * count, c);
    },
  };
}

/** The least of everything that any array with the smallest memories costs, and the most compute units. */
function leastCosts(space: HardwareSpace, model: PerformanceModel) {
  let areaUm2 = Number.POSITIVE_INFINITY;
  let macEnergyPj = Number.POSITIVE_INFINITY;
  let units = 0;
  /** Per access, or per word where rows are of different widths. */
  const prices = space.memoryOf.map(() => Number.POSITIVE_INFINITY);
  const machine = emptyMachine(prices.length);
  for (const sizes of space.eachArray()) {
    model.machine(sizes, "exact", machine);
    areaUm2 = Math.min(
      areaUm2,
      machine.areaUm2.reduce((sum, area) => sum + area, 0),
    );
    macEnergyPj = Math.min(macEnergyPj, machine.macEnergyPj[0]!);
    units = Math.max(units, machine.instances[machine.levelCount]!);
    for (let l = 0; l < prices.length; l++) {
      const price = machine.energyPerVectorAccessPj[l]! / (space.varies[l]!.block ? machine.blockSize[l]! : 1);
      prices[l] = Math.min(prices[l]!, price);
    }
  }
  return { areaUm2, macEnergyPj, units, prices };
}
