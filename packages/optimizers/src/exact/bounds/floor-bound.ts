import { emptyMachine, macs, type PerformanceModel } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { fixedMovement } from "../costs/fixed-movement.js";
import { accountOf } from "../enumerate/layer-splits.js";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { compulsoryCost } from "./compulsory-cost.js";
import type { Goal } from "./goal.js";
import { makeLowerHull } from "./lower-hull.js";
import { makeNetworkHull } from "./network-hull.js";
import { raiseFanOut, usableUnits } from "./usable-units.js";

const PORTS = ["bandwidthShared", "bandwidthRead", "bandwidthWrite"] as const;

/** A value that no design can beat, known while mappings are still gone through. */
export interface FloorBound {
  readonly value: number;
  /** Takes in all mappings of a layer. */
  refine(layer: number, pool: MappingPool): void;
}

/**
 * A layer whose mappings are not known costs at least its multiply-accumulates, with as many compute units at work in
 * every cycle as it can use on any array, and what every word of its tensors costs at the outermost level: each is read
 * or written there once at least. One whose mappings are known costs one of them, at the prices of the smallest
 * memories.
 */
export function makeFloorBound(space: HardwareSpace, network: Network, goal: Goal): FloorBound {
  const { areaUm2, macEnergyPj, fanOut, prices, fastest } = leastCosts(space, network.task.model);
  const hulls = network.task.workload.layers.map(({ problem, count }, i) => {
    const hull = makeLowerHull();
    const { model } = network.layers[i]!;
    const account = accountOf(network.task, network.layers[i]!);
    const outside = compulsoryCost(problem, account, model.space.nest(), fastest, space.varies[0]!.block);
    const cycles = Math.max(macs(problem) / usableUnits(model.space, fanOut), outside.cycles);
    hull.push(count * cycles, count * (macs(problem) * macEnergyPj + outside.accesses * prices[0]!), 0);
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
        energy[c]! += read.leakPjPerCycle(c) * latency[c]!;
      }
      const order = Int32Array.from(energy, (_, c) => c).sort((x, y) => latency[x]! - latency[y]!);
      hulls[layer]!.clear();
      for (const c of order) hulls[layer]!.push(latency[c]! * count, energy[c]! * count, c);
    },
  };
}

/** The least of everything that any array with the smallest memories costs, and the most that one offers. */
function leastCosts(space: HardwareSpace, model: PerformanceModel) {
  let areaUm2 = Number.POSITIVE_INFINITY;
  let macEnergyPj = Number.POSITIVE_INFINITY;
  /** Per access, or per word where rows are of different widths. */
  const prices = space.memoryOf.map(() => Number.POSITIVE_INFINITY);
  const machine = emptyMachine(prices.length);
  const fastest = emptyMachine(prices.length);
  fastest.instances.fill(Number.POSITIVE_INFINITY);
  const fanOut = { x: new Float64Array(prices.length), y: new Float64Array(prices.length) };
  for (const sizes of space.eachArray()) {
    model.machine(sizes, "exact", machine);
    areaUm2 = Math.min(
      areaUm2,
      machine.areaUm2.reduce((sum, area) => sum + area, 0),
    );
    macEnergyPj = Math.min(macEnergyPj, machine.macEnergyPj[0]!);
    raiseFanOut(fanOut, machine);
    for (const port of PORTS)
      for (let l = 0; l < prices.length; l++) fastest[port][l] = Math.max(fastest[port][l]!, machine[port][l]!);
    fastest.blockSize.set(machine.blockSize);
    fastest.parts = machine.parts;
    for (let l = 0; l < prices.length; l++)
      fastest.instances[l] = Math.min(fastest.instances[l]!, machine.instances[l]!);
    for (let l = 0; l < prices.length; l++) {
      const price = machine.energyPerVectorAccessPj[l]! / (space.varies[l]!.block ? machine.blockSize[l]! : 1);
      prices[l] = Math.min(prices[l]!, price);
    }
  }
  return { areaUm2, macEnergyPj, fanOut, prices, fastest };
}
