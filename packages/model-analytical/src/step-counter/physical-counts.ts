import type { Boundary } from "./boundary.js";
import { physicalTraffic } from "./physical-traffic.js";
import type { LevelsOfTensor, StepTensorCounts } from "./step-counts.js";

/**
 * Counts of one tensor per level from walks with real buffers, all instances together.
 *
 * Only levels that keep the tensor take part, from one to the next; a level between them is a wire.
 *
 * - Input: a level's reads are the words it sends, its fills the words it receives.
 * - Output: a level's updates are the partial sums that its children give up, summed over children on the way; its
 *   reads are those that the children ask for again; as many fills reach the children (one of those that sum a word
 *   gets it back). The first visit of a word starts from zero: it is no read and no fill.
 */
export function physicalCounts(
  levels: LevelsOfTensor,
  boundaryBetween: (parent: number, child: number) => Boundary,
): StepTensorCounts[] {
  const { levelCount, isOutput, keeps, instances } = levels;
  const counts = keeps.map(() => ({ reads: 0, updates: 0, fills: 0, finished: 0 }));
  const keepers = [...keeps.keys()].filter((l) => keeps[l]);
  keepers.forEach((parent, i) => {
    const child = keepers[i + 1] ?? levelCount;
    const traffic = physicalTraffic(boundaryBetween(parent, child));
    const parents = instances[parent]!;
    counts[parent]!.reads = (isOutput ? traffic.sentAgain : traffic.sent) * parents;
    if (isOutput) counts[parent]!.updates = traffic.givenUp * parents;
    if (isOutput && i === 0) counts[parent]!.finished = traffic.finished * parents;
    if (child < levelCount) counts[child]!.fills = (isOutput ? traffic.sentAgain : traffic.received) * parents;
  });
  return counts;
}
