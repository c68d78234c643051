import type { Cost } from "@loopnest/mapspace";
import type { CostRows, CostTable } from "../costs/cost-table.js";
import type { Goal, Reach } from "./goal.js";
import { type HullMinimum, hullMinimum } from "./hull-minimum.js";
import { isWithin, layerReaches } from "./layer-reach.js";
import { makeLowerHull } from "./lower-hull.js";
import { makeNetworkHull } from "./network-hull.js";

/** Hardware between two corners, and the mappings that may matter there: rows of a cost table. */
export interface Box {
  readonly table: CostTable;
  /** Per memory: least and largest grid value. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Per layer: numbers of rows, ascending (so by rising latency). */
  readonly rows: readonly Int32Array[];
}

/** What is known of a box. */
export interface BoxBound {
  /** No design in the box has a smaller value. */
  readonly value: number;
  /** Per layer, the row that reaches the bound if each runs on hardware of its own (and there is no fraction) ... */
  readonly choice: Int32Array;
  /** ... the least hardware of the box, in grid values, on which all of them fit, and their totals there ... */
  readonly needs: Int32Array;
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly areaUm2: number;
  /**
   * ... and per memory, which part of energy and area comes on top of what the bound charges, because of that hardware.
   */
  readonly regret: Float64Array;
  /**
   * Set if a limit cuts an edge of the hull, so that the bound takes a mixture of two rows of a layer: one of so many
   * cycles, and a slower one.
   */
  readonly fraction: { readonly layer: number; readonly latency: number } | null;
  /** The rows of the box that may be part of a design better than the cut. */
  readonly rows: readonly Int32Array[];
}

/** Bounds a box; `null` if nothing in it fits, keeps the limits, and may be better than the cut. */
export type BoxBounder = (box: Box, cut: number) => BoxBound | null;

/**
 * Bounds boxes of networks of so many layers, with totals that have `base` on top of the layers' costs.
 *
 * In a box, a mapping costs at least what it costs with every memory as small as the box and the mapping's own needs
 * allow. The totals of these costs lie above their lower hull, and the objective's least value over that is at a
 * vertex, for the product of energy and latency is quasi-concave where both are positive. With limits on energy,
 * latency or their product, the points where the hull crosses them count as vertices, too. The bound of a single
 * hardware without that is exact.
 *
 * A row is left out of `rows` if every total with it lies beyond the band of all totals better than the cut.
 */
export function makeBoxBounder(layerCount: number, goal: Goal, base: Cost): BoxBounder {
  const hulls = Array.from({ length: layerCount }, makeLowerHull);
  const hull = makeNetworkHull(hulls, base);
  const energies = Array.from({ length: layerCount }, () => new Float64Array(0));
  const fitting = Array.from({ length: layerCount }, () => new Int32Array(0));
  const fittingCount = new Int32Array(layerCount);
  const vertex = new Int32Array(layerCount);
  const least: HullMinimum = { value: 0, vertex: 0, edge: -1 };

  /** Fills the hulls; false if a layer does not fit. */
  function build({ table, low, high, rows }: Box): boolean {
    for (let i = 0; i < layerCount; i++) {
      if (energies[i]!.length < rows[i]!.length) {
        energies[i] = new Float64Array(rows[i]!.length);
        fitting[i] = new Int32Array(rows[i]!.length);
      }
      const own = hulls[i]!;
      own.clear();
      fittingCount[i] = leastEnergies(table, i, rows[i]!, low, high, fitting[i]!, energies[i]!);
      const { latency } = table.layers[i]!;
      for (let k = 0; k < fittingCount[i]!; k++) own.push(latency[fitting[i]![k]!]!, energies[i]![k]!, fitting[i]![k]!);
      if (own.count === 0) return false;
    }
    hull.sweep();
    return true;
  }

  /** Rows that may be part of totals within a reach. */
  function promising(table: CostTable, reach: Reach): Int32Array[] {
    return layerReaches(hulls, hull, reach).map((own, i) => {
      const { latency } = table.layers[i]!;
      let count = 0;
      for (let k = 0; k < fittingCount[i]!; k++) {
        const row = fitting[i]![k]!;
        if (isWithin(own, latency[row]!, energies[i]![k]!)) fitting[i]![count++] = row;
      }
      return fitting[i]!.slice(0, count);
    });
  }

  return (box, cut) => {
    const { table, low } = box;
    const area = areaAt(table, low);
    if (area > goal.maxAreaUm2 * (1 + 1e-12) || !build(box)) return null;
    hullMinimum(hull, goal, goal.limits, least);
    const reach = goal.within(cut, area);
    const value = goal.value(1, 1, area) * least.value;
    if (least.value === Number.POSITIVE_INFINITY || value >= cut) return null;
    let fraction: BoxBound["fraction"] = null;
    if (least.edge >= 0) {
      const layer = hull.mover[least.edge]!;
      hull.choice(least.edge, vertex);
      fraction = { layer, latency: hulls[layer]!.latency[vertex[layer]!]! };
    }
    hull.choice(least.vertex, vertex);
    const choice = Int32Array.from(hulls, (own, i) => own.point[vertex[i]!]!);
    return { value, choice, fraction, ...place(box, choice, goal, base), rows: promising(table, reach) };
  };
}

/**
 * Writes the rows of layer i that fit the largest hardware of a box, and the least energy of each in it; returns how
 * many.
 */
function leastEnergies(
  table: CostTable,
  i: number,
  rows: Int32Array,
  low: Int32Array,
  high: Int32Array,
  fitting: Int32Array,
  energies: Float64Array,
): number {
  const { needs, fixedEnergy, accesses } = table.layers[i]!;
  const { pricedBy, prices } = table;
  let count = 0;
  next: for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    for (let m = 0; m < needs.length; m++) if (needs[m]![row]! > high[m]!) continue next;
    let energy = fixedEnergy[row]!;
    for (let p = 0; p < pricedBy.length; p++) {
      const m = pricedBy[p]!;
      energy += accesses[p]![row]! * prices[p]![Math.max(needs[m]![row]!, low[m]!)]!;
    }
    fitting[count] = row;
    energies[count++] = energy;
  }
  return count;
}

function areaAt(table: CostTable, values: Int32Array): number {
  return table.areas.reduce((sum, areas, m) => sum + areas[values[m]!]!, table.baseAreaUm2);
}

/** A choice on the least hardware of a box on which it fits. */
function place({ table, low }: Box, choice: Int32Array, goal: Goal, base: Cost) {
  const needs = low.slice();
  const regret = new Float64Array(low.length);
  const own = (layer: CostRows, row: number, m: number) => Math.max(low[m]!, layer.needs[m]![row]!);
  table.layers.forEach((layer, i) => {
    for (let m = 0; m < needs.length; m++) needs[m] = Math.max(needs[m]!, own(layer, choice[i]!, m));
  });
  let { energyPj, latencyCycles } = base;
  table.layers.forEach((layer, i) => {
    const row = choice[i]!;
    latencyCycles += layer.latency[row]!;
    energyPj += layer.fixedEnergy[row]!;
    table.pricedBy.forEach((m, p) => {
      const prices = table.prices[p]!;
      energyPj += layer.accesses[p]![row]! * prices[needs[m]!]!;
      regret[m]! += layer.accesses[p]![row]! * (prices[needs[m]!]! - prices[own(layer, row, m)]!);
    });
  });
  const areaUm2 = areaAt(table, needs);
  for (let m = 0; m < needs.length; m++) {
    regret[m] = goal.usesEnergy ? regret[m]! / energyPj : 0;
    if (goal.usesArea) regret[m]! += (table.areas[m]![needs[m]!]! - table.areas[m]![low[m]!]!) / areaUm2;
  }
  return { needs, energyPj, latencyCycles, areaUm2, regret };
}
