import type { RunObjective } from "@loopnest/report";
import { keepsTotals, objectiveOf, type Totals } from "./question.js";

/** What one choice of a layer adds to the totals, and which choice that is. */
export interface Point extends Totals {
  readonly choice: number;
}

/** A corner of what a network can reach if layers could mix their choices. */
export interface Corner extends Totals {
  /** Per layer: number of the choice. */
  readonly choices: readonly number[];
}

/** The points that no other is below in both, by rising latency. */
export function frontOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.latencyCycles - b.latencyCycles || a.energyPj - b.energyPj);
  let least = Number.POSITIVE_INFINITY;
  return sorted.filter(({ energyPj }) => energyPj < least && (least = energyPj) === energyPj);
}

/** The corners of the lower left edge of a front's convex hull, by rising latency. */
function hullOf(front: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of front) {
    while (hull.length > 1 && !turnsUp(hull.at(-2)!, hull.at(-1)!, point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

function turnsUp(a: Totals, b: Totals, c: Totals): boolean {
  return (
    (b.energyPj - a.energyPj) * (c.latencyCycles - b.latencyCycles) <
    (c.energyPj - b.energyPj) * (b.latencyCycles - a.latencyCycles)
  );
}

/**
 * The corners of the sum of all layers' hulls, on top of `base`: the edges of the hulls, sorted by slope. Every total
 * of the network is above the line that joins them.
 */
export function networkCorners(fronts: readonly (readonly Point[])[], base: Totals): Corner[] {
  const hulls = fronts.map(hullOf);
  const edges = hulls.flatMap((hull, layer) =>
    hull.slice(1).map((to, k) => {
      const energyPj = to.energyPj - hull[k]!.energyPj;
      const latencyCycles = to.latencyCycles - hull[k]!.latencyCycles;
      return { layer, choice: to.choice, energyPj, latencyCycles, slope: energyPj / latencyCycles };
    }),
  );
  edges.sort((a, b) => a.slope - b.slope);
  let corner: Corner = {
    energyPj: hulls.reduce((sum, hull) => sum + hull[0]!.energyPj, base.energyPj),
    latencyCycles: hulls.reduce((sum, hull) => sum + hull[0]!.latencyCycles, base.latencyCycles),
    choices: hulls.map((hull) => hull[0]!.choice),
  };
  const corners = [corner];
  for (const { layer, choice, energyPj, latencyCycles } of edges) {
    corner = {
      energyPj: corner.energyPj + energyPj,
      latencyCycles: corner.latencyCycles + latencyCycles,
      choices: corner.choices.map((own, i) => (i === layer ? choice : own)),
    };
    corners.push(corner);
  }
  return corners;
}

/**
 * The least value of an objective on or above the line through some corners, limits kept: infinite if nothing keeps
 * them. It is at a corner or where the line meets a limit, for on a straight piece the product of energy and latency is
 * least at an end.
 *
 * @returns The value, and the corner that has it or comes before it.
 */
export function leastOnLine(
  corners: readonly Totals[],
  objective: RunObjective,
  areaUm2: number,
): { readonly value: number; readonly corner: number } {
  let value = Number.POSITIVE_INFINITY;
  let corner = 0;
  const look = (totals: Totals, at: number) => {
    const own = keepsTotals(objective, totals) ? objectiveOf(objective, totals, areaUm2) : Number.POSITIVE_INFINITY;
    if (own >= value) return;
    value = own;
    corner = at;
  };
  corners.forEach((from, at) => {
    look(from, at);
    const to = corners[at + 1];
    if (to === undefined) return;
    for (const share of crossings(from, to, objective)) {
      const between = (a: number, b: number) => a + share * (b - a);
      look(
        {
          energyPj: between(from.energyPj, to.energyPj),
          latencyCycles: between(from.latencyCycles, to.latencyCycles),
        },
        at,
      );
    }
  });
  return { value, corner };
}

/** Shares of the way between two totals at which a limit is met. */
function crossings(from: Totals, to: Totals, { maxEnergyUj, maxLatencyCycles, maxEdp }: RunObjective): number[] {
  const e = to.energyPj - from.energyPj;
  const l = to.latencyCycles - from.latencyCycles;
  const found: number[] = [];
  if (maxEnergyUj !== undefined) found.push((maxEnergyUj * 1e6 - from.energyPj) / e);
  if (maxLatencyCycles !== undefined) found.push((maxLatencyCycles - from.latencyCycles) / l);
  if (maxEdp !== undefined) {
    // (E + s e) (L + s l) = most, a quadratic in s.
    const half = (from.energyPj * l + from.latencyCycles * e) / (2 * e * l);
    const rest = (from.energyPj * from.latencyCycles - maxEdp * 1e6) / (e * l);
    const root = Math.sqrt(half * half - rest);
    found.push(-half - root, -half + root);
  }
  return found.filter((share) => share > 0 && share < 1);
}
