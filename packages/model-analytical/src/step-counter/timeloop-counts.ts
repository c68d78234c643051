import type { Counts } from "@loopnest/mapspace";
import type { Boundary } from "./boundary.js";
import type { LevelsOfTensor, StepTensorCounts } from "./step-counts.js";
import { type Mesh, type Traffic, timeloopTraffic } from "./timeloop-traffic.js";

/**
 * Counts of one tensor per level, all instances together, from the traffic below every level as Timeloop combines it
 * (R7 and R9). All levels take part in the walks; only then do those that do not keep the tensor drop out.
 *
 * First visits of outputs are no reads; today (`timeloop-2025`) they are no fills either. Reads and fills are never
 * below 0, where Timeloop's unsigned count would have no meaning. Arithmetic is in doubles, term by term: fills are
 * rounded down, and Timeloop's show the rounding of doubles.
 *
 * @param partition Words of the tensor that one instance of every level owns.
 * @param boundaryBelow The boundary between a level and the next one inside.
 */
export function timeloopCounts(
  levels: LevelsOfTensor,
  partition: readonly number[],
  counting: Counts,
  boundaryBelow: (level: number) => { readonly boundary: Boundary; readonly mesh: Mesh },
): { counts: StepTensorCounts[]; handedOver: number } {
  const { levelCount, isOutput, keeps, instances } = levels;
  const counts = keeps.map(() => ({ reads: 0, updates: 0, fills: 0, finished: 0 }));
  const outermost = keeps.indexOf(true);
  if (outermost < 0) return { counts, handedOver: 0 };

  let handedOver = 0;
  /** Words that the level inside serves, after bypass. */
  let content = 0;
  for (let l = levelCount - 1; l >= 0 && l >= outermost - 1; l--) {
    const { boundary, mesh } = boundaryBelow(l);
    const fanOut = boundary.children.length;
    const traffic = timeloopTraffic(boundary, mesh, counting);
    handedOver += traffic.handedOver * instances[l]!;
    if (l + 1 < levelCount && keeps[l + 1]) {
      const inside = counts[l + 1]!;
      const peer = traffic.handedOver / instances[l + 1]!;
      const first = isOutput ? partition[l + 1]! : 0;
      inside.reads = Math.max(0, Math.round(content + peer - first)) * instances[l + 1]!;
      inside.updates = isOutput ? Math.round(content) * instances[l + 1]! : 0;
      const arriving = (l < outermost ? 0 : receivedPerChild(traffic, fanOut)) + peer;
      const counted =
        isOutput && counting === "timeloop-2025"
          ? Math.max(0, Math.round(arriving - (l < outermost ? 0 : first)))
          : Math.floor(arriving);
      inside.fills = counted * instances[l + 1]!;
    }
    // A level that does not keep the tensor leaves what it serves to this one, once for every group of such levels.
    const bypassed = l + 1 < levelCount && !keeps[l + 1];
    const scale = bypassed ? (content * fanOut) / sum(traffic.reads, ({ words, receivers }) => words * receivers) : 1;
    content = sum(traffic.reads, ({ words }) => words * scale);
  }
  if (outermost > 0 && isOutput) {
    const own = counts[outermost]!;
    own.finished = Math.min(own.updates, partition[outermost]! * instances[outermost]!);
  }
  if (outermost === 0) {
    counts[0]!.reads = Math.max(0, Math.round(isOutput ? content - partition[0]! : content));
    counts[0]!.updates = isOutput ? Math.round(content) : 0;
    counts[0]!.finished = isOutput ? Math.min(counts[0]!.updates, partition[0]!) : 0;
  }
  return { counts, handedOver };
}

/** Words that one child receives on average, in the order of the reads. */
function receivedPerChild({ reads }: Traffic, children: number): number {
  return sum(reads, ({ words, receivers }) => (words * receivers) / children);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
