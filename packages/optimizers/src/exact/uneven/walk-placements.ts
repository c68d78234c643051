import { ABOVE, addCost, BOUND, cyclesOf, ENERGY, firstRow, WORDS } from "./label-row.js";
import { type Labels, makeLabels, offerLabel } from "./labels.js";
import { makeOutlook } from "./outlook.js";
import type { PlacementEvent, Split, Weights } from "./placement.js";
import type { PlacementPlan } from "./plan.js";

const LOOP_BASE = 2 ** 27;

/**
 * Goes through all placements and loop orders, from the innermost loop outwards.
 *
 * A state is what the rest of the costs depend on: the loops inside, the nodes placed, and the nodes that are *open*,
 * whose tile no loop has moved yet. A loop that leaves the tile of an open node in place costs that node nothing; the
 * first that moves it settles its price. Labels of a state are partial mappings of which none is nowhere worse than
 * another; a label whose bound is not below the value to beat is left out. That is all that is left out.
 *
 * @param below A value to beat.
 * @param end Is given every placement at its end, and says which value is to be beaten from then on.
 */
export function walkPlacements(
  plan: PlacementPlan,
  weights: Weights,
  below: number,
  split: Split | null,
  end: (row: Float64Array, value: number, events: () => PlacementEvent[]) => number,
): void {
  const { lattice, regions, nodes, capacityWords } = plan;
  const row = firstRow(plan);
  const labels = makeLabels(row.length);
  const outlook = makeOutlook(plan, weights);
  const last = lattice.count - 1;
  let best = below;
  const homeLevel = split === null ? -1 : nodes[split.homes[0]!]!.level;
  const homeBits = (split?.homes ?? []).reduce((bits, n) => bits | (1 << n), 0);

  let layer: Buckets = new Map();
  let placedBefore = 0;
  offer(layer, 0, placedBefore, 0, -1, 0);

  regions.forEach((region, r) => {
    const own = region.places ? nodes.flatMap((node, n) => (node.level === region.level ? [n] : [])) : [];
    const all = own.reduce((bits, n) => bits | (1 << n), placedBefore);
    const next: Buckets = new Map();
    const later = regions.slice(r + 1).reduce((bits, { dims }) => dims.reduce((sum, d) => sum | (1 << d), bits), 0);
    for (let point = 0; point <= last; point++) {
      const here = layer.get(point);
      if (here === undefined) continue;
      // All sets between those two, smaller ones first.
      const free = all & ~placedBefore;
      for (let some = 0, placed = placedBefore; ; some = (some - free) & free, placed = placedBefore | some) {
        for (const [open, bucket] of here.get(placed) ?? []) {
          for (const label of bucket) {
            if (placed === all) {
              load(label);
              if (region.places && region.level !== homeLevel) row[WORDS] = 0;
              if (canFinish(point, later)) offer(next, point, all, open, label, 0);
            } else {
              for (const n of own) if (((placed >> n) & 1) === 0) place(point, placed, open, label, n);
            }
            const between = placed !== placedBefore && placed !== all;
            if (region.places ? between : true) for (const d of region.dims) step(point, placed, open, label, d, r);
          }
        }
        if (placed === all) break;
      }
      layer.delete(point);
    }
    layer = next;
    placedBefore = all;
  });
  for (const [open, bucket] of layer.get(last)?.get(placedBefore) ?? []) {
    for (const label of bucket) {
      load(label);
      settle(open, last);
      const value = weights.energy * row[ENERGY]! + weights.latency * cyclesOf(row);
      if (value < best) best = end(row, value, () => eventsOf(labels, label, plan));
    }
  }

  function load(label: number): void {
    row.set(labels.entries.subarray(label * labels.width, (label + 1) * labels.width));
  }

  function place(point: number, placed: number, open: number, label: number, n: number): void {
    const node = nodes[n]!;
    const homesLeft = homeBits & ~placed;
    const atSplit = homesLeft !== homeBits && homesLeft !== 0;
    load(label);
    if ((homeBits >> n) & 1) {
      // Homes stand side by side, in the order of their numbers.
      if (point !== split!.point || (homesLeft & ((1 << n) - 1)) !== 0) return;
      settle(open, point);
      offer(layer, point, placed | (1 << n), 0, label, -1 - n);
      return;
    }
    if (atSplit) return;
    row[isAbove(placed) ? ABOVE : WORDS]! += node.held[point]!;
    const shared = node.level === homeLevel ? split!.heldWords : 0;
    if (row[WORDS]! + row[ABOVE]! + shared > capacityWords[node.level]!) return;
    offer(layer, point, placed | (1 << n), open | (1 << n), label, -1 - n);
  }

  function step(point: number, placed: number, open: number, label: number, d: number, region: number): void {
    if (split !== null && (placed & homeBits) !== 0) {
      if (!isAbove(placed) || !isNextShared(split, point, d)) return;
    }
    let moved = 0;
    for (let n = 0; n < nodes.length; n++) if ((open >> n) & 1 && (nodes[n]!.relevant >> d) & 1) moved |= 1 << n;
    for (const to of lattice.steps(point, d)) {
      if (split !== null && !isAbove(placed) && lattice.inside(split.point, d) % lattice.inside(to, d) !== 0) continue;
      load(label);
      settle(moved, point);
      const prime = lattice.inside(to, d) / lattice.inside(point, d);
      offer(layer, to, placed, open & ~moved, label, (region * 64 + d) * LOOP_BASE + prime);
    }
  }

  function isAbove(placed: number): boolean {
    return split !== null && (placed & homeBits) === homeBits;
  }

  function isNextShared({ order }: Split, point: number, d: number): boolean {
    for (const inner of order) {
      if (inner === d) return true;
      if (lattice.inside(point, inner) !== lattice.trips[inner]) return false;
    }
    return false;
  }

  function settle(moved: number, point: number): void {
    for (let n = 0; n < nodes.length; n++) if ((moved >> n) & 1) addCost(row, nodes[n]!, nodes[n]!.cost, point);
  }

  function offer(to: Buckets, point: number, placed: number, open: number, parent: number, action: number): void {
    outlook(row, point, placed, open);
    if (!(row[BOUND]! < best)) return;
    let byPlaced = to.get(point);
    if (byPlaced === undefined) to.set(point, (byPlaced = new Map()));
    let byOpen = byPlaced.get(placed);
    if (byOpen === undefined) byPlaced.set(placed, (byOpen = new Map()));
    let bucket = byOpen.get(open);
    if (bucket === undefined) byOpen.set(open, (bucket = []));
    offerLabel(labels, bucket, row, parent, action);
  }

  function canFinish(point: number, later: number): boolean {
    return lattice.trips.every((trips, d) => (later >> d) & 1 || lattice.inside(point, d) === trips);
  }
}

/** Labels by point, by the set of nodes placed, by the set of open ones. */
type Buckets = Map<number, Map<number, Map<number, number[]>>>;

function eventsOf(labels: Labels, label: number, { regions }: PlacementPlan): PlacementEvent[] {
  const events: PlacementEvent[] = [];
  for (let at = label; labels.parent(at) >= 0; at = labels.parent(at)) {
    const action = labels.action(at);
    if (action < 0) events.push({ kind: "node", node: -1 - action });
    else if (action > 0) {
      const place = Math.floor(action / LOOP_BASE);
      const { level } = regions[Math.floor(place / 64)]!;
      events.push({ kind: "loop", level, dim: place % 64, factor: action % LOOP_BASE });
    }
  }
  return events;
}
