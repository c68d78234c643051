import { type Architecture, accessPrices, type Mapping, type Problem, type StorageLevel } from "@loopnest/mapspace";
import { rowsOf } from "../cost/energy.js";
import { levelCounts } from "../evaluate/element-width.js";
import type { Evaluation, TensorCounts } from "../evaluate/evaluate.js";

/**
 * Traffic of a tensor between a level that keeps it and the next one inside that does, or the MAC units; words of all
 * instances over the whole run. Every access of every level belongs to exactly one boundary, so energies add up to the
 * total.
 */
export interface BoundaryTraffic {
  readonly tensor: string;
  readonly from: string;
  /** The next level inside, or `compute`. */
  readonly to: string;
  /** Read from the outer level. For an output these are partial sums, read to be added to. */
  readonly readWords: number;
  /**
   * Arriving inside: filled into the inner level, or one word of an input for every MAC. More than are read where one
   * read serves several children. `null` for sums on their way to the MAC units.
   */
  readonly receivedWords: number | null;
  /** Partial sums that come up and are written to the outer level. */
  readonly updatedWords: number;
  /** Rows of the outer level read and written, and of the inner level filled. */
  readonly vectorAccesses: number;
  readonly energyPj: number;
}

/** Traffic at every boundary: tensor by tensor, outermost boundary first. */
export function boundaryTraffic(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  evaluation: Evaluation,
): BoundaryTraffic[] {
  return problem.tensors.flatMap(({ name, role }) => {
    const keepers = architecture.levels.filter((level) =>
      mapping.some((node) => node.level === level.name && node.keeps.includes(name)),
    );
    return keepers.map((outer, k): BoundaryTraffic => {
      const inner = keepers[k + 1];
      const counts = evaluation.levels[outer.name]!.tensors[name]!;
      const filled = inner && evaluation.levels[inner.name]!.tensors[name]!;
      const outerRows = rowsOfAll(counts, outer.blockSize, "reads") + rowsOfAll(counts, outer.blockSize, "updates");
      const innerRows = filled ? rowsOfAll(filled, inner.blockSize, "fills") : 0;
      return {
        tensor: name,
        from: outer.name,
        to: inner?.name ?? "compute",
        readWords: counts.reads,
        receivedWords: filled?.fills ?? (role === "input" ? evaluation.macs : null),
        updatedWords: counts.updates,
        vectorAccesses: outerRows + innerRows,
        energyPj:
          rowsPj(outer, counts, ["reads", "updates"]) + (inner && filled ? rowsPj(inner, filled, ["fills"]) : 0),
      };
    });
  });
}

/** Energy of some kinds of access to one level, over all instances whose accesses are charged. */
function rowsPj(level: StorageLevel, counts: TensorCounts, kinds: readonly ("reads" | "updates" | "fills")[]): number {
  const prices = accessPrices(level);
  const weights = { reads: prices.readWeight, updates: prices.updateWeight, fills: prices.fillWeight };
  const charged = Math.min(counts.utilizedInstances, level.instances / (level.clusterSize ?? 1));
  const rows = kinds.reduce((sum, kind) => sum + rowsOf(levelCounts(counts)[kind], level.blockSize) * weights[kind], 0);
  return rows * prices.energyPerVectorAccessPj * charged;
}

function rowsOfAll(counts: TensorCounts, blockSize: number, kind: "reads" | "updates" | "fills"): number {
  return rowsOf(levelCounts(counts)[kind], blockSize) * counts.utilizedInstances;
}
