import type { Cost } from "@loopnest/mapspace";
import type { Weights } from "../uneven/placement.js";
import { by } from "./known-optima.js";
import { cornersOf, type Support } from "./supports.js";

/** Differences of this part of a value are rounding. */
const ROUNDING = 1e-12;

/** A point of least value as far as it is known, and what no point is below. */
export interface LeastTotal<T> {
  readonly best: { readonly point: T; readonly value: number } | null;
  readonly lowerBound: number;
}

/** What a search for the least total is about. */
export interface TotalSearch<T> {
  /** Never falls when energy or latency grow, and is least at a corner of any region that a few lines bound. */
  value(cost: Readonly<Cost>): number;
  /** How much the value weighs energy and latency there. */
  weightsAt(cost: Readonly<Cost>): Weights;
  /** A value that no total is below. */
  floor(weights: Weights): number;
  /**
   * The point with the least weighted sum; `null` if it was stopped, or there is none. On the way it tells of points
   * that it has found, and of sums that none is below.
   */
  optimum(weights: Weights, news: (found: T | null, least: number) => void): Promise<T | null>;
  /** Share of the best value by which it may stay above the least. */
  readonly gap: number;
  onNews?(now: LeastTotal<T>): void;
}

/** A support with the point that lies on it, once there is one. */
interface Attained<T> extends Support {
  readonly point?: T;
}

/**
 * Finds the point of least value among all whose least weighted sums can be asked for: a vertex of their lower hull.
 * What has been answered bounds the value from below, at the corners of what all answers leave; the next question is
 * about the lowest corner. So there is a bound from the first answer on, and weights that do not matter are not asked
 * for.
 */
export async function leastTotal<T extends Readonly<Cost>>(search: TotalSearch<T>): Promise<LeastTotal<T>> {
  const { value, gap } = search;
  const supports: Attained<T>[] = [ENERGY, LATENCY].map((weights) => ({ weights, value: search.floor(weights) }));
  let best: LeastTotal<T>["best"] = null;
  let lowerBound = 0;
  const lowest = () => cornersOf<Attained<T>>(supports).reduce((a, b) => (value(b.at) < value(a.at) ? b : a));
  const offer = (point: T | null) => {
    if (point !== null && value(point) < (best?.value ?? Number.POSITIVE_INFINITY))
      best = { point, value: value(point) };
  };
  const tell = () => {
    const known = best as LeastTotal<T>["best"];
    lowerBound = Math.max(lowerBound, Math.min(value(lowest().at), known?.value ?? Number.POSITIVE_INFINITY));
    search.onNews?.({ best, lowerBound });
  };
  for (;;) {
    tell();
    const known = best as LeastTotal<T>["best"];
    if (known !== null && lowerBound * (1 + gap) >= known.value * (1 - ROUNDING)) {
      return { best: known, lowerBound: lowerBound >= known.value * (1 - ROUNDING) ? known.value : lowerBound };
    }
    const corner = lowest();
    const weights = question(search, corner);
    let partial: Attained<T> | null = null;
    const replace = (next: Attained<T>) => {
      if (partial !== null) supports.splice(supports.indexOf(partial), 1);
      supports.push((partial = next));
    };
    const point = await search.optimum(weights, (found, least) => {
      offer(found);
      replace({ weights, value: least });
      tell();
    });
    if (point === null) break;
    replace({ weights, value: by(weights, point), point });
    offer(point);
    // A corner that is not cut off is attained by weights further out, or by none.
    if (by(weights, point) <= by(weights, corner.at) * (1 + ROUNDING)) {
      const end = [corner.left, corner.right].find((side) => !("point" in side));
      const axis =
        end === undefined ? null : end.weights.energy === 0 ? LATENCY : end.weights.latency === 0 ? ENERGY : null;
      if (axis === null || by(weights, point) < 0) break;
      const last = await search.optimum(axis, () => {});
      if (last === null) break;
      offer(last);
      supports.push({ weights: axis, value: by(axis, last), point: last });
    }
  }
  tell();
  return { best, lowerBound };
}

const ENERGY: Weights = { energy: 1, latency: 0 };
const LATENCY: Weights = { energy: 0, latency: 1 };

/**
 * Weights to ask for at a corner: those at which the points on both of its sides are equally good, if there are two.
 */
function question<T extends Readonly<Cost>>(
  { weightsAt }: TotalSearch<T>,
  { at, left, right }: { readonly at: Cost; readonly left: Attained<T>; readonly right: Attained<T> },
): Weights {
  if (left.point !== undefined && right.point !== undefined) {
    const energy = right.point.latencyCycles - left.point.latencyCycles;
    const latency = left.point.energyPj - right.point.energyPj;
    if (energy > 0 && latency > 0) return { energy, latency };
  }
  return weightsAt(at);
}
