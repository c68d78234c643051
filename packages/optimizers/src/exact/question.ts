import { makeNetwork, type Network } from "../network/network.js";
import type { SearchTask } from "../search/task.js";
import { type FloorBound, makeFloorBound } from "./bounds/floor-bound.js";
import { type Goal, goal } from "./bounds/goal.js";
import { arrayGroups, checkEffort } from "./enumerate/array-groups.js";
import { type HardwareSpace, makeHardwareSpace } from "./space/hardware-space.js";

/** What is asked of an exact search, made ready: the same for all of its parts. */
export interface Question {
  readonly network: Network;
  readonly space: HardwareSpace;
  /** Arrays whose mappings are gone through together. */
  readonly groups: readonly (readonly number[])[];
  readonly goal: Goal;
  readonly floor: FloorBound;
}

/**
 * @param maxNests Nests that may be gone through, loop orders aside.
 * @throws LoopnestError `unsupported` if there are more, or too many arrays.
 */
export function makeQuestion(task: SearchTask, maxNests: number): Question {
  const network = makeNetwork(task);
  const space = makeHardwareSpace(task.model.target, network.fixed);
  const groups = arrayGroups(space, network);
  checkEffort(space, network, groups, maxNests);
  const aim = goal(task.objective);
  return { network, space, groups, goal: aim, floor: makeFloorBound(space, network, aim) };
}
