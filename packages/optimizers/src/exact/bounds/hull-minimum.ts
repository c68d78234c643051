import type { Goal, Reach } from "./goal.js";
import type { NetworkHull } from "./network-hull.js";

/** Where on a hull, within limits, energy^a * latency^b is least. */
export interface HullMinimum {
  value: number;
  /** The best vertex that keeps the limits, or one that comes near where none does. */
  vertex: number;
  /**
   * Set if a limit cuts an edge there, so that the least is no vertex: the vertex with which the edge begins, -1
   * otherwise.
   */
  edge: number;
}

/** Differences smaller than this, relative to a limit, are rounding: a limit that is just kept is kept. */
const ROUNDING = 1e-12;

/**
 * Finds the least value that totals above a hull can have and keep the limits on energy, latency and their product;
 * `Infinity` if none keeps them.
 *
 * Whatever keeps the limits has a point of the hull to its lower left that does. On an edge, energy * latency is
 * concave, so the value is least at an end of the part that keeps the limits: at a vertex, or where a limit cuts the
 * edge.
 */
export function hullMinimum(hull: NetworkHull, goal: Goal, limits: Reach, out: HullMinimum): void {
  const { latency, energy, count } = hull;
  const slack = 1 + ROUNDING;
  const [mostEnergy, mostLatency, mostProduct] = [
    limits.energyPj * slack,
    limits.latencyCycles * slack,
    limits.product * slack,
  ];
  out.value = Number.POSITIVE_INFINITY;
  out.vertex = 0;
  out.edge = -1;
  let least = Number.POSITIVE_INFINITY;
  let product = Number.POSITIVE_INFINITY;
  const offer = (k: number, share: number) => {
    const own = latency[k]! + share * (share > 0 ? latency[k + 1]! - latency[k]! : 0);
    const pj = energy[k]! + share * (share > 0 ? energy[k + 1]! - energy[k]! : 0);
    const value = goal.ofTotals(pj, own);
    if (share === 0) {
      // Of equally good vertices, the one that leaves most room below the limits.
      if (value < least || (value === least && pj * own < product)) {
        [least, product] = [value, pj * own];
        out.vertex = k;
      }
      if (value <= out.value) [out.value, out.edge] = [value, -1];
    } else if (value < out.value) {
      [out.value, out.edge] = [value, k];
      if (least === Number.POSITIVE_INFINITY) out.vertex = k;
    }
  };
  const cut = mostEnergy < Number.POSITIVE_INFINITY || mostProduct < Number.POSITIVE_INFINITY;
  for (let k = 0; k < count && latency[k]! <= mostLatency; k++) {
    if (energy[k]! <= mostEnergy && energy[k]! * latency[k]! <= mostProduct) offer(k, 0);
    if (k + 1 === count || (!cut && latency[k + 1]! <= mostLatency)) continue;
    for (const share of cuts(hull, k, limits)) offer(k, share);
  }
}

/** Where limits cut the edge from vertex k, as shares of it; of those that no other limit rules out. */
function cuts({ latency, energy }: NetworkHull, k: number, limits: Reach): number[] {
  const { energyPj: pj, latencyCycles: cycles, product } = limits;
  const longer = latency[k + 1]! - latency[k]!;
  const less = energy[k]! - energy[k + 1]!;
  const from = energy[k]! > pj ? (energy[k]! - pj) / less : 0;
  const to = latency[k + 1]! > cycles ? (cycles - latency[k]!) / longer : 1;
  if (from > to) return [];
  const at = (share: number) => (energy[k]! - share * less) * (latency[k]! + share * longer);
  const [first, last] = [at(from) <= product, at(to) <= product];
  const found: number[] = [];
  if (first && from > 0) found.push(from);
  if (last && to < 1) found.push(to);
  if (first !== last) {
    // Where the product passes its limit, on the far side.
    let [inside, outside] = first ? [from, to] : [to, from];
    for (let i = 0; i < 40; i++) {
      const middle = (inside + outside) / 2;
      if (at(middle) <= product) inside = middle;
      else outside = middle;
    }
    if (outside > 0 && outside < 1) found.push(outside);
  }
  return found;
}
