import { type Machine, macs } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { fixedMovement } from "../costs/fixed-movement.js";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import { arrayMachine } from "../space/extreme-machines.js";
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
  const machines = space.arrays.map((_, a) => arrayMachine(space, network.task.model, a, "smallest"));
  const least = (of: (machine: Machine) => number) =>
    machines.reduce((value, machine) => Math.min(value, of(machine)), Number.POSITIVE_INFINITY);
  const areaUm2 = least(({ areaUm2 }) => areaUm2.reduce((sum, area) => sum + area, 0));
  const macEnergyPj = least((machine) => machine.macEnergyPj[0]!);
  const units = -least((machine) => -machine.instances[machine.levelCount]!);
  /** Per access, or per word where rows are of different widths. */
  const prices = space.memoryOf.map((_, l) =>
    least(
      ({ energyPerVectorAccessPj, blockSize }) =>
        energyPerVectorAccessPj[l]! / (space.varies[l]!.block ? blockSize[l]! : 1),
    ),
  );
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
