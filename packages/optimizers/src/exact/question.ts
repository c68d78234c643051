import { makeNetwork, type Network } from "../network/network.js";
import type { SearchTask } from "../search/task.js";
import { type Goal, goal } from "./bounds/goal.js";
import { arrayGroups, isTooLarge } from "./enumerate/array-groups.js";
import { type HardwareSpace, makeHardwareSpace } from "./space/hardware-space.js";

/** What is asked of an exact search, made ready: the same for all of its parts. */
export interface Question {
  readonly network: Network;
  readonly space: HardwareSpace;
  /** Arrays whose mappings are gone through together. */
  readonly groups: readonly (readonly number[])[];
  /**
   * Whether there are more mappings or arrays than may be gone through: then there is a design and a bound, but no
   * proof.
   */
  readonly tooLarge: boolean;
  readonly goal: Goal;
}

/**
 * @param maxNests Nests that may be gone through, loop orders aside.
 * @throws LoopnestError `unsupported` if the model does not say what costs are made of.
 */
export function makeQuestion(task: SearchTask, maxNests: number): Question {
  const network = makeNetwork(task);
  const space = makeHardwareSpace(task.model.target, network.fixed);
  const groups = arrayGroups(space, network);
  const tooLarge = isTooLarge(space, network, groups, maxNests);
  const aim = goal(task.objective);
  return { network, space, groups, tooLarge, goal: aim };
}
