import { type Cost, LoopnestError } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { machineOn } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";

/**
 * What the network's data movement costs, whatever the hardware.
 *
 * @throws LoopnestError `unsupported` if it depends on the hardware: then it is no constant that the search could add.
 */
export function fixedMovement(space: HardwareSpace, { movement, task }: Network): Cost {
  if (movement.length === 0) return { energyPj: 0, latencyCycles: 0 };
  let first: Cost | undefined;
  let same = true;
  for (const array of space.eachArray()) {
    for (const memories of ["smallest", "largest"] as const) {
      const cost = task.model.movementCost(movement, machineOn(space, task.model, array, memories), "exact");
      first ??= cost;
      same &&= cost.energyPj === first.energyPj && cost.latencyCycles === first.latencyCycles;
    }
    if (!same) break;
  }
  if (first !== undefined && same) return first;
  throw new LoopnestError({
    code: "unsupported",
    path: "workload.dataMovement",
    problem:
      `DRAM of ${task.model.target.name} changes with the sizes that are searched, and so does what data movement ` +
      "costs",
    fix: "fix the sizes that DRAM depends on, or search with another method",
  });
}
