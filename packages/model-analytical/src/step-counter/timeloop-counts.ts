import type { Boundary } from "./boundary.js";
import type { LevelsOfTensor, StepTensorCounts } from "./step-counts.js";
import { type Mesh, type Traffic, timeloopTraffic } from "./timeloop-traffic.js";

/**
 * Counts of one tensor per level, all instances together, from the traffic below every level as Timeloop combines it (R7 and
 * R9). All levels take part in the walks; only then do those that do not keep the tensor drop out.
 *
 * Reads are never below 0, where Timeloop's unsigned count would have no meaning. Arithmetic is in doubles, term by term: fills are rounded down, and Timeloop's show the rounding of doubles.
 *
 * @param partition Words of the tensor that one instance of every level owns.
 * @param boundaryBelow The boundary between a level and the next one inside.
 */
export function timeloopCounts(
  levels: LevelsOfTensor,
  partition: readonly number[],
  boundaryBelow: (level: number) => { readonly boundary: Boundary; readonly mesh: Mesh },
): { counts: StepTensorCounts[]; handedOver: number } {
  const { levelCount, isOutput, keeps, instances } = levels;
  const counts = keeps.map(() => ({ reads: 0, updates: 0, fills: 0 }));
  const outermost = keeps.indexOf(true);
  if (outermost < 0) return { counts, handedOver: 0 };

  let handedOver = 0;
  /** The last two walks: of the level inside (after bypass), and of the level itself. */
  let served = new Map<number, number>();
  for (let l = levelCount - 1; l >= 0 && l >= outermost - 1; l--) {
    const { boundary, mesh } = boundaryBelow(l);
    const fanOut = boundary.children.length;
    const traffic = timeloopTraffic(boundary, mesh);
    handedOver += traffic.handedOver * instances[l]!;
    const content = sum(served.values());
    if (l + 1 < levelCount && keeps[l + 1]) {
      const inside = counts[l + 1]!;
      const peer = traffic.handedOver / instances[l + 1]!;
      const first = isOutput ? partition[l + 1]! : 0;
      inside.reads = Math.max(0, Math.round(content + peer - first)) * instances[l + 1]!;
      inside.updates = isOutput ? Math.round(content) * instances[l + 1]! : 0;
      inside.fills = Math.floor((l < outermost ? 0 : receivedPerChild(traffic, fanOut)) + peer) * instances[l + 1]!;
    }
    const own = new Map(traffic.wordsByReceivers);
    // A level that does not keep the tensor leaves what it serves to this one, once for every group of such levels.
    if (l + 1 < levelCount && !keeps[l + 1]) {
      const scale = (content * fanOut) / sum([...own].map(([m, words]) => m * words));
      for (const [m, words] of own) own.set(m, words * scale);
    }
    served = own;
  }
  if (outermost === 0) {
    const content = sum(served.values());
    counts[0]!.reads = Math.max(0, Math.round(isOutput ? content - partition[0]! : content));
    counts[0]!.updates = isOutput ? Math.round(content) : 0;
  }
  return { counts, handedOver };
}

/** Words that one child receives on average, groups of few receivers first. */
function receivedPerChild({ wordsByReceivers }: Traffic, children: number): number {
  return sum([...wordsByReceivers].sort(([a], [b]) => a - b).map(([m, words]) => (words * m) / children));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
