import {
  type CostAccount,
  finishedLevelWords,
  type LoopNest,
  type Machine,
  type Problem,
  type Traffic,
} from "@loopnest/mapspace";

/** Sums of terms beyond which they are not gone through one by one. */
const MOST_SUMS = 1e6;

/**
 * Different words of a tensor that a problem touches: no mapping moves fewer to or from the outermost level.
 *
 * A rank of one dimension has as many places as that; one that slides has as many as its terms have different sums, of
 * which there are no fewer than the largest bound where they are too many to be gone through.
 */
export function compulsoryWords(problem: Problem, tensor: Problem["tensors"][number]): number {
  return tensor.ranks.reduce((words, rank) => {
    const bounds = rank.map(([dim]) => problem.dims[dim]!);
    if (rank.length === 1) return words * bounds[0]!;
    if (bounds.reduce((a, b) => a * b, 1) > MOST_SUMS) return words * Math.max(...bounds);
    let sums = new Set([0]);
    rank.forEach(([, coefficient], k) => {
      const longer = new Set<number>();
      for (const sum of sums) for (let i = 0; i < bounds[k]!; i++) longer.add(sum + coefficient * i);
      sums = longer;
    });
    return words * sums.size;
  }, 1);
}

/** What the outermost level costs at least, whatever the mapping. */
export interface CompulsoryCost {
  /** Vector accesses, all instances, weighed by kind; words where rows are of different widths. */
  readonly accesses: number;
  readonly cycles: number;
}

/**
 * The cost of reading every word of a layer's inputs once from the outermost level, and of writing every result once,
 * finished.
 *
 * @param fastest A machine with the largest bandwidths, and the fewest instances, of all.
 * @param inWords Whether accesses are wanted in words.
 */
export function compulsoryCost(
  problem: Problem,
  account: CostAccount,
  nest: LoopNest,
  fastest: Machine,
  inWords: boolean,
): CompulsoryCost {
  const { levelCount } = fastest;
  const perCell = () => new Float64Array(problem.tensors.length * levelCount);
  const traffic: Traffic = {
    levelCount,
    reads: perCell(),
    updates: perCell(),
    fills: perCell(),
    usedInstances: new Float64Array(levelCount + 1).fill(1),
    computeCycles: 1,
    networkPj: 0,
  };
  const { readWeight, updateWeight } = fastest.parts[0]!;
  let words = 0;
  problem.tensors.forEach((tensor, t) => {
    if (((nest.keeps[0]! >> t) & 1) === 0) return;
    const own = finishedLevelWords(account.widths, t, 0, compulsoryWords(problem, tensor));
    const isOutput = tensor.role === "output";
    (isOutput ? traffic.updates : traffic.reads)[t * levelCount] = own;
    words += own * (isOutput ? updateWeight : readWeight);
  });
  return {
    accesses: inWords
      ? words * account.chargedInstances(traffic, fastest, 0)
      : account.vectorAccesses(traffic, fastest, 0),
    // Cycles are rounded up, and quotients before that: they may come out one too many.
    cycles: Math.max(0, account.levelCycles(traffic, fastest, 0) - 1),
  };
}
