import { LoopnestError } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { accountOf, layerSplits } from "./layer-splits.js";

/**
 * The arrays for which mappings are gone through together: all, unless counts depend on the array's mesh.
 *
 * @throws LoopnestError `unsupported` if the model of a layer has no account of its costs.
 */
export function arrayGroups(space: HardwareSpace, network: Network): readonly (readonly number[])[] {
  const all = space.arrays.map((_, a) => a);
  const dependent = network.layers.some((layer) => accountOf(network.task, layer).meshDependent);
  return dependent ? all.map((a) => [a]) : [all];
}

/** @throws LoopnestError `unsupported` if more than `limit` nests, loop orders aside, would have to be gone through. */
export function checkEffort(
  space: HardwareSpace,
  network: Network,
  groups: readonly (readonly number[])[],
  limit: number,
): void {
  let nests = 0;
  for (const arrays of groups) for (const layer of network.layers) nests += layerSplits(space, layer, arrays).count;
  if (nests <= limit) return;
  const { workload, model } = network.task;
  const times = groups.length > 1 ? `, on each of ${groups.length} arrays` : "";
  throw new LoopnestError({
    code: "unsupported",
    path: "workload",
    problem: `${workload.name} has ${nests.toExponential(1)} mappings on ${model.target.name} to go through, loop orders aside${times}`,
    fix: `exact search goes through ${limit.toExponential(1)} at most: raise the limit, fix hardware sizes, or use another method`,
    needed: nests,
    available: limit,
  });
}
