import { unflatten } from "@loopnest/mapspace";
import { adaptMappings } from "../mapper/adapt-mappings.js";
import { evaluateDesign, type Network } from "../network.js";
import type { Design } from "../task.js";

/**
 * A design to begin with, so that a search stopped early has one: mappings that keep nothing on chip, improved by a local search on the
 * hardware that the target has by default; or as they are, on the smallest hardware, if that keeps the limits and the other does not.
 */
export function firstDesign(network: Network): Design | null {
  const { task, layers } = network;
  const levelNames = task.model.target.levels.map((level) => level.name);
  const nests = layers.map(({ model }) => model.space.nest());
  const mappings = layers.map(({ model }, i) => unflatten(model.space.shape, levelNames, nests[i]!));
  return adaptMappings(task, mappings, task.fixed) ?? evaluateDesign(network, nests);
}
