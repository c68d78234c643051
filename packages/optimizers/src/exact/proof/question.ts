import type { PerformanceModel } from "@loopnest/mapspace";
import { makeNetwork, type Network } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import { type FloorBound, makeFloorBound } from "../bounds/floor-bound.js";
import { type Goal, goal } from "../bounds/goal.js";
import { arrayGroups, isTooLarge } from "../enumerate/array-groups.js";
import { type HardwareSpace, makeHardwareSpace } from "../space/hardware-space.js";
import { type LeastCosts, leastCosts } from "../space/least-costs.js";

/** What is asked of an exact search, made ready: the same for all of its parts. */
export interface Question {
  readonly network: Network;
  readonly space: HardwareSpace;
  /** Arrays whose mappings are gone through together. */
  readonly groups: readonly (readonly number[])[];
  /** Whether there are more arrays than may be gone through: then there is a design and a bound, but no proof. */
  readonly tooLarge: boolean;
  readonly goal: Goal;
  readonly least: LeastCosts;
  /** A bound that knows nothing of the mappings yet. */
  floor(): FloorBound;
}

/**
 * @param mostArrays That may be gone through together.
 * @throws LoopnestError `unsupported` if the model does not say what costs are made of.
 */
export function makeQuestion(task: SearchTask, mostArrays = MOST_ARRAYS): Question {
  const network = makeNetwork(task);
  const space = makeHardwareSpace(task.model.target, network.fixed);
  return questionOf(network, space, goal(task.objective), mostArrays, () =>
    knownLeastCosts(task.model, space, network),
  );
}

/** The question about a part of the hardware: sizes in given ranges. */
export function questionWithin({ network, goal }: Question, space: HardwareSpace, mostArrays = MOST_ARRAYS): Question {
  return questionOf(network, space, goal, mostArrays, () => leastCosts(space, network.task.model));
}

function questionOf(
  network: Network,
  space: HardwareSpace,
  aim: Goal,
  mostArrays: number,
  costs: () => LeastCosts,
): Question {
  const groups = arrayGroups(space, network);
  const tooLarge = space.arrayCount > mostArrays || isTooLarge(space, network, groups, MOST_NESTS_OF_ALL_MESHES);
  const least = costs();
  return {
    network,
    space,
    groups,
    tooLarge,
    goal: aim,
    least,
    floor: () => makeFloorBound(space, network, least, aim),
  };
}

/** Arrays that may be gone through together. */
const MOST_ARRAYS = 20_000;
/** Nests of all arrays together, where each has its own counts. */
const MOST_NESTS_OF_ALL_MESHES = 5e7;

const known = new WeakMap<PerformanceModel, { readonly space: HardwareSpace; readonly costs: LeastCosts }>();

/** The least costs of a space; the parts of a search share them. */
function knownLeastCosts(model: PerformanceModel, space: HardwareSpace, network: Network): LeastCosts {
  const before = known.get(model);
  const same = before?.space.ranges.every(({ values }, i) => values.join() === space.ranges[i]!.values.join());
  if (before !== undefined && same === true) return before.costs;
  const costs = leastCosts(space, network.task.model);
  known.set(model, { space, costs });
  return costs;
}
