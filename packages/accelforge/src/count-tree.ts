import { LoopnestError } from "@loopnest/mapspace";
import { countActions } from "./counts/actions.js";
import { einsumCost } from "./counts/cost.js";
import { peakBits } from "./peaks/peak-bits.js";
import { checkPaths } from "./tree/check-paths.js";
import { pathsOf } from "./tree/path.js";
import type { TreeCase } from "./tree/tree.js";

/** What a mapping tree costs, as AccelForge counts. */
export interface TreeCost {
  /** pJ, of all Einsums. */
  readonly energy: number;
  /** Cycles: Einsums take turns. */
  readonly latency: number;
  /** Bits that one instance of every level holds at most. */
  readonly peakBits: ReadonlyMap<string, number>;
}

/**
 * Counts a mapping tree.
 *
 * @throws LoopnestError `input` where the tree names what there is not; `factors`, `fanout`, `no-fanout`, `unkept` or
 * `capacity` where the architecture cannot run it.
 */
export function countTree(tree: TreeCase): TreeCost {
  const paths = pathsOf(tree);
  checkPaths(tree.architecture, paths);
  const costs = paths.map((path) => einsumCost(tree, path, countActions(path)));
  const peaks = peakBits(tree, paths);
  tree.architecture.levels.forEach(({ name, sizeBits = Number.POSITIVE_INFINITY }, l) => {
    if (peaks[l]! <= sizeBits) return;
    throw new LoopnestError({
      code: "capacity",
      path: "mapping",
      problem: `${name} would hold ${peaks[l]} bits`,
      fix: `it has ${sizeBits}: keep less at once`,
      level: name,
      needed: peaks[l]!,
      available: sizeBits,
    });
  });
  return {
    energy: costs.reduce((sum, cost) => sum + cost.energy, 0),
    latency: costs.reduce((sum, cost) => sum + cost.latency, 0),
    peakBits: new Map(tree.architecture.levels.map(({ name }, l) => [name, peaks[l]!])),
  };
}
