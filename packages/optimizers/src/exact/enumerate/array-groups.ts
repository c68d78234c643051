import type { Network } from "../../network/network.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { accountOf, layerSplits } from "./layer-splits.js";

/**
 * The arrays for which mappings are gone through together: all, unless counts depend on the array's mesh; then those of
 * one mesh.
 *
 * @throws LoopnestError `unsupported` if the model of a layer has no account of its costs.
 */
export function arrayGroups(space: HardwareSpace, network: Network): readonly (readonly number[])[] {
  const all = space.arrays.map((_, a) => a);
  if (!network.layers.some((layer) => accountOf(network.task, layer).meshDependent)) return [all];
  const alike = new Map<string, number[]>();
  for (const a of all) {
    const mesh = space.meshSignature(a);
    alike.set(mesh, [...(alike.get(mesh) ?? []), a]);
  }
  return [...alike.values()];
}

/**
 * Whether more than `limit` nests, loop orders aside, would have to be gone through, or there are too many arrays to
 * list.
 */
export function isTooLarge(
  space: HardwareSpace,
  network: Network,
  groups: readonly (readonly number[])[],
  limit: number,
): boolean {
  if (space.arrays.length < space.arrayCount) return true;
  if (groups.length === 1) return false;
  let nests = 0;
  for (const arrays of groups) {
    for (const layer of network.layers) nests += layerSplits(space, layer, arrays).count;
    if (nests > limit) return true;
  }
  return false;
}
