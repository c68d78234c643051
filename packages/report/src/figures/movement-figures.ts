import { type Architecture, type DataMovement, machineOf } from "@loopnest/mapspace";
import { movementCost, movementWords } from "@loopnest/model-analytical";
import type { MovementFigures } from "./figures.js";

/**
 * What each operator without multiply-accumulates costs on a machine, in the order of the workload; its shares are
 * still to be taken.
 *
 * Accesses to the outermost level and the time they take there, as in `movementCost`.
 */
export function movementFigures(
  movement: readonly DataMovement[],
  architecture: Architecture,
): Omit<MovementFigures, "share">[] {
  const machine = machineOf(architecture);
  const { wordBits } = architecture.levels[0]!;
  return movement.map((own) => {
    const once = movementWords([{ ...own, count: 1 }], wordBits);
    const { energyPj, latencyCycles } = movementCost(once, machine, "exact");
    return { ...own, energyPj, latencyCycles };
  });
}
