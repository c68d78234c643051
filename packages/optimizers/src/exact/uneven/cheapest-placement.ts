import { ABOVE, cyclesOf, ENERGY, WORDS } from "./label-row.js";
import type { Placement, SharedPlacement, Split, Weights } from "./placement.js";
import type { PlacementPlan } from "./plan.js";
import { walkPlacements } from "./walk-placements.js";

/**
 * The cheapest of all placements and loop orders: none is left out that could be below.
 *
 * @param below A value to beat.
 * @returns `null` if nothing is below.
 */
export function cheapestPlacement(plan: PlacementPlan, weights: Weights, below: number): Placement | null {
  let best: Placement | null = null;
  walkPlacements(plan, weights, below, null, (_, value, events) => {
    best = { value, events: events() };
    return value;
  });
  return best;
}

/**
 * All placements inside a split of which none is nowhere worse than another, in value and in words. Below a split every
 * tile is fetched anew in every iteration of the shared loops, whether they move it or not: other layers have run
 * since.
 *
 * @param below A value to beat.
 */
export function sharedPlacements(
  plan: PlacementPlan,
  weights: Weights,
  below: number,
  split: Split,
): SharedPlacement[] {
  let front: SharedPlacement[] = [];
  walkPlacements(plan, weights, below, split, (row, value, events) => {
    const [wordsBelow, wordsAbove] = [row[WORDS]!, row[ABOVE]!];
    const noWorse = (a: Omit<SharedPlacement, "events">, b: Omit<SharedPlacement, "events">) =>
      a.value <= b.value && a.wordsBelow <= b.wordsBelow && a.wordsAbove <= b.wordsAbove;
    const own = { value, wordsBelow, wordsAbove, energyPj: row[ENERGY]!, latencyCycles: cyclesOf(row) };
    if (front.some((other) => noWorse(other, own))) return below;
    front = front.filter((other) => !noWorse(own, other));
    front.push({ ...own, events: events() });
    return below;
  });
  return front;
}
