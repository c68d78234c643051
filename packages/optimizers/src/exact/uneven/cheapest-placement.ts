import { type Labels, makeLabels, offerLabel } from "./labels.js";
import { COST_WIDTH, type PlacedNode } from "./nodes.js";
import type { PlacementPlan } from "./plan.js";

/** What is minimised: energyPj * energy + latencyCycles * latency. */
export interface Weights {
  readonly energy: number;
  readonly latency: number;
}

/** The cheapest placement found, as what is done from the outermost loop inwards. */
export interface Placement {
  readonly value: number;
  readonly events: readonly PlacementEvent[];
}

/** A temporal loop of a level, or the place of a store node. */
export type PlacementEvent =
  | { readonly kind: "loop"; readonly level: number; readonly dim: number; readonly factor: number }
  | { readonly kind: "node"; readonly node: number };

/**
 * A placement of a layer that shares loops with others: everything else runs in turn with them inside a *split*, which lies where the tensor
 * that they share is held.
 */
export interface Split {
  /** The node that holds the shared tensor: its outermost one. */
  readonly home: number;
  /** Where it stands: the loops inside the split. */
  readonly point: number;
  /** Dimensions of the loops outside, innermost first: each is one loop, as for the other layers. */
  readonly order: readonly number[];
}

/** A placement inside a split, with what it takes of the level that holds the shared tensor, besides that. */
export interface SharedPlacement extends Placement {
  readonly energyPj: number;
  readonly latencyCycles: number;
  /** Words while the layer runs. */
  readonly wordsBelow: number;
  /** Words held above the split, all the time. */
  readonly wordsAbove: number;
}

/**
 * Entries of a label: a bound on the value, energy so far, words at the level being placed, cycles of ports that are done, words above
 * the split; ports.
 */
const BOUND = 0;
const ENERGY = 1;
const WORDS = 2;
const DONE = 3;
const ABOVE = 4;
const FIRST_PORT = 5;

const LOOP_BASE = 2 ** 27;

/**
 * The cheapest of all placements and loop orders, from the innermost loop outwards.
 *
 * A state is what the rest of the costs depend on: the loops inside, the nodes placed, and the nodes that are *open*, whose tile no loop
 * has moved yet. A loop that leaves the tile of an open node in place costs that node nothing; the first that moves it settles its
 * price. Labels of a state are partial mappings of which none is nowhere worse than another; a label whose bound is not below `below`
 * is left out. That is all that is left out, so the answer is the cheapest there is.
 *
 * @param below A value to beat.
 * @returns `null` if nothing is below.
 */
export function cheapestPlacement(plan: PlacementPlan, weights: Weights, below: number): Placement | null {
  let best: Placement | null = null;
  walk(plan, weights, below, null, (row, value, events) => {
    best = { value, events: events() };
    return value;
  });
  return best;
}

/**
 * All placements inside a split of which none is nowhere worse than another, in value and in words. Below a split every tile is fetched
 * anew in every iteration of the shared loops, whether they move it or not: other layers have run since.
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
  walk(plan, weights, below, split, (row, value, events) => {
    const [wordsBelow, wordsAbove] = [row[WORDS]!, row[ABOVE]!];
    const noWorse = (a: Omit<SharedPlacement, "events">, b: Omit<SharedPlacement, "events">) =>
      a.value <= b.value && a.wordsBelow <= b.wordsBelow && a.wordsAbove <= b.wordsAbove;
    const own = { value, wordsBelow, wordsAbove, energyPj: row[ENERGY]!, latencyCycles: Math.ceil(cyclesOf(row)) };
    if (front.some((other) => noWorse(other, own))) return below;
    front = front.filter((other) => !noWorse(own, other));
    front.push({ ...own, events: events() });
    return below;
  });
  return front;
}

/** @param end Is given every placement at its end, and says which value is to be beaten from then on. */
function walk(
  plan: PlacementPlan,
  weights: Weights,
  below: number,
  split: Split | null,
  end: (row: Float64Array, value: number, events: () => PlacementEvent[]) => number,
): void {
  const { lattice, regions, nodes, capacityWords, ports } = plan;
  const labels = makeLabels(FIRST_PORT + ports.count);
  const row = firstRow(plan);
  const outlook = makeOutlook(plan, weights);
  const last = lattice.count - 1;
  let best = below;
  const homeLevel = split === null ? -1 : nodes[split.home]!.level;
  const homeWords = split === null ? 0 : nodes[split.home]!.tile[split.point]!;

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
    load(label);
    if (n === split?.home) {
      if (point !== split.point) return;
      settle(open, point);
      offer(layer, point, placed | (1 << n), 0, label, -1 - n);
      return;
    }
    row[isAbove(placed) ? ABOVE : WORDS]! += node.tile[point]!;
    const shared = node.level === homeLevel ? homeWords : 0;
    if (row[WORDS]! + row[ABOVE]! + shared > capacityWords[node.level]!) return;
    offer(layer, point, placed | (1 << n), open | (1 << n), label, -1 - n);
  }

  function step(point: number, placed: number, open: number, label: number, d: number, region: number): void {
    if (split !== null && isAbove(placed) && !isNextShared(split, point, d)) return;
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
    return split !== null && ((placed >> split.home) & 1) === 1;
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

/** A value that no placement is below. */
export function leastValue(plan: PlacementPlan, weights: Weights): number {
  const row = firstRow(plan);
  makeOutlook(plan, weights)(row, 0, 0, 0);
  return row[BOUND]!;
}

function firstRow({ ports, baseEnergyPj, basePortCycles, computeCycles }: PlacementPlan): Float64Array {
  const row = new Float64Array(FIRST_PORT + ports.count);
  row[ENERGY] = baseEnergyPj;
  row[DONE] = computeCycles;
  row.set(basePortCycles, FIRST_PORT);
  return row;
}

/** Labels by point, by the set of nodes placed, by the set of open ones. */
type Buckets = Map<number, Map<number, Map<number, number[]>>>;

function addCost(row: Float64Array, { ports }: PlacedNode, table: Float64Array, point: number): void {
  const at = point * COST_WIDTH;
  row[ENERGY]! += table[at]!;
  for (let k = 0; k < 3; k++) if (ports[k]! >= 0) row[FIRST_PORT + ports[k]!]! += table[at + 1 + k]!;
}

function cyclesOf(row: Float64Array): number {
  let cycles = row[DONE]!;
  for (let k = FIRST_PORT; k < row.length; k++) if (row[k]! > cycles) cycles = row[k]!;
  return cycles;
}

/**
 * Writes the bound of a row: every node that is not settled costs at least what it would by itself. Ports that no such node uses any more
 * are done.
 */
function makeOutlook({ nodes, ports }: PlacementPlan, weights: Weights) {
  const rest = new Float64Array(FIRST_PORT + ports.count);
  let known = "";
  let users = 0;
  return (row: Float64Array, point: number, placed: number, open: number): void => {
    const key = `${point} ${placed} ${open}`;
    if (key !== known) {
      known = key;
      rest.fill(0);
      users = 0;
      nodes.forEach((node, n) => {
        const isOpen = (open >> n) & 1;
        if (!isOpen && (placed >> n) & 1) return;
        addCost(rest, node, isOpen ? node.leastHere : node.leastFrom, point);
        for (const port of node.ports) if (port >= 0) users |= 1 << port;
      });
    }
    for (let k = 0; k < ports.count; k++) {
      if ((users >> k) & 1) continue;
      if (row[FIRST_PORT + k]! > row[DONE]!) row[DONE] = row[FIRST_PORT + k]!;
      row[FIRST_PORT + k] = 0;
    }
    let cycles = row[DONE]!;
    for (let k = FIRST_PORT; k < rest.length; k++) cycles = Math.max(cycles, row[k]! + rest[k]!);
    row[BOUND] = weights.energy * (row[ENERGY]! + rest[ENERGY]!) + weights.latency * cycles;
  };
}

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
