import { macs } from "@loopnest/mapspace";
import type { Network } from "../network.js";
import { arrayMachine } from "./extreme-machines.js";
import type { Goal } from "./goal.js";
import type { HardwareSpace } from "./hardware-space.js";

/**
 * A value that no design can beat, known before anything is enumerated: the energy of the multiply-accumulates alone, all compute units of
 * the largest array at work in every cycle, on the smallest area.
 */
export function computeFloor(space: HardwareSpace, network: Network, goal: Goal): number {
  let macEnergyPj = Number.POSITIVE_INFINITY;
  let units = 0;
  let areaUm2 = Number.POSITIVE_INFINITY;
  space.arrays.forEach((_, a) => {
    const machine = arrayMachine(space, network.task.model, a, "smallest");
    macEnergyPj = Math.min(macEnergyPj, machine.macEnergyPj[0]!);
    units = Math.max(units, machine.instances[machine.levelCount]!);
    areaUm2 = Math.min(
      areaUm2,
      machine.areaUm2.reduce((sum, area) => sum + area, 0),
    );
  });
  const { layers } = network.task.workload;
  const work = layers.reduce((sum, { problem, count }) => sum + count * macs(problem), 0);
  return goal.value(work * macEnergyPj, work / units, areaUm2);
}
