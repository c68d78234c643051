import type { Cost } from "@loopnest/mapspace";
import type { Weights } from "../uneven/placement.js";

/** What is proved of all costs of something: energy * energyPj + latency * latencyCycles is no less than the value. */
export interface Support {
  readonly weights: Weights;
  readonly value: number;
}

/** Costs that are no negative numbers, which goes without saying. */
const AXES: readonly Support[] = [
  { weights: { energy: 1, latency: 0 }, value: 0 },
  { weights: { energy: 0, latency: 1 }, value: 0 },
];

/**
 * A value that no cost has less of by these weights: the least weighted sum is a concave function of the weights, so it
 * is no less than what supports on both sides of them make together.
 */
export function leastBetween(supports: readonly Support[], { energy, latency }: Weights): number {
  let least = 0;
  const all = [...AXES, ...supports];
  all.forEach((a, i) => {
    for (const b of all.slice(i)) {
      const [ofA, ofB] = [a.weights, b.weights];
      const turn = ofA.energy * ofB.latency - ofB.energy * ofA.latency;
      if (turn === 0) continue;
      const fromA = (energy * ofB.latency - ofB.energy * latency) / turn;
      const fromB = (ofA.energy * latency - energy * ofA.latency) / turn;
      if (fromA >= 0 && fromB >= 0) least = Math.max(least, sumOf(fromA, a.value) + sumOf(fromB, b.value));
    }
  });
  return least;
}

/** No infinite value counts where it has no part. */
function sumOf(share: number, value: number): number {
  return share === 0 ? 0 : share * value;
}

/**
 * Corners of what the supports leave, from least latency to least energy; of the two supports that meet in each, `left`
 * weighs latency more.
 */
export function cornersOf<T extends Support>(
  supports: readonly T[],
): { at: Cost; left: T | Support; right: T | Support }[] {
  const share = ({ weights }: Support) => weights.latency / (weights.energy + weights.latency);
  const sorted = [...AXES, ...supports].sort((a, b) => share(b) - share(a) || scaled(b) - scaled(a));
  const kept: (T | Support)[] = [];
  for (const support of sorted) {
    const before = kept.at(-1);
    if (before !== undefined && share(before) === share(support)) continue;
    // One that both of its neighbours together say is no corner.
    while (kept.length > 1 && holds(meeting(kept.at(-2)!, support), kept.at(-1)!)) kept.pop();
    kept.push(support);
  }
  return kept.slice(1).map((right, i) => ({ at: meeting(kept[i]!, right), left: kept[i]!, right }));
}

function scaled({ weights, value }: Support): number {
  return value / (weights.energy + weights.latency);
}

function holds({ energyPj, latencyCycles }: Cost, { weights, value }: Support): boolean {
  return weights.energy * energyPj + weights.latency * latencyCycles >= value;
}

function meeting({ weights: a, value: of }: Support, { weights: b, value: other }: Support): Cost {
  const turn = a.energy * b.latency - b.energy * a.latency;
  return {
    energyPj: (of * b.latency - other * a.latency) / turn,
    latencyCycles: (a.energy * other - b.energy * of) / turn,
  };
}
