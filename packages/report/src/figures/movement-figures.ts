import { type Architecture, type DataMovement, machineOf } from "@loopnest/mapspace";
import { movementCost } from "@loopnest/model-analytical";
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
  return movement.map(({ name, kind, count, wordsRead, wordsWritten }) => {
    const { energyPj, latencyCycles } = movementCost(
      [{ name, kind, count: 1, wordsRead, wordsWritten }],
      machine,
      "exact",
    );
    return { name, kind, count, wordsRead, wordsWritten, energyPj, latencyCycles };
  });
}
