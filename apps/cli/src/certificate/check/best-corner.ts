import { emptyMachine, type Machine } from "@loopnest/mapspace";
import { type ArrayTable, arraysIn, type HardwareBox, type HardwareGrid, type LevelTable } from "./hardware-grid.js";

/** What no machine of a box is better than. */
export interface BestCorner {
  /** The widest rows, largest bandwidths, capacities, and the least prices that any machine of the box has. */
  readonly machine: Machine;
  /** Most children of an instance, in columns and rows. */
  readonly columns: Float64Array;
  readonly rows: Float64Array;
  /** The least area of a machine of the box, um2. */
  readonly areaUm2: number;
  /** The least energy of an access to level l, pJ, on a machine where it holds so many words; infinite if none does. */
  price(l: number, words: number): number;
}

/** Keeps a quotient that is whole but for rounding whole. */
const WHOLE = 1 + 1e-12;

/** The best corner of a box: entry by entry the best of all its machines. */
export function bestCorner(grid: HardwareGrid, box: HardwareBox): BestCorner {
  const { memoryOf } = grid;
  const levelCount = memoryOf.length;
  const best = emptyMachine(levelCount);
  best.macEnergyPj[0] = Number.POSITIVE_INFINITY;
  best.energyPerVectorAccessPj.fill(Number.POSITIVE_INFINITY);
  const columns = new Float64Array(levelCount);
  const rows = new Float64Array(levelCount);
  const arrays: ArrayTable[] = [];
  let areaUm2 = Number.POSITIVE_INFINITY;
  for (const at of arraysIn(grid, box)) {
    const array = grid.array(at);
    arrays.push(array);
    const { machine, levels } = array;
    let area = machine.areaUm2[levelCount]!;
    best.macEnergyPj[0] = Math.min(best.macEnergyPj[0]!, machine.macEnergyPj[0]!);
    for (let l = 0; l < levelCount; l++) {
      for (const field of ["blockSize", "bandwidthShared", "bandwidthRead", "bandwidthWrite"] as const) {
        best[field][l] = Math.max(best[field][l]!, machine[field][l]!);
      }
      const x = machine.meshX[l + 1]! / machine.meshX[l]!;
      columns[l] = Math.max(columns[l]!, Math.floor(x * WHOLE));
      rows[l] = Math.max(rows[l]!, Math.floor((machine.instances[l + 1]! / machine.instances[l]! / x) * WHOLE));
      const offers = offersOf(grid, box, l, machine, levels[l]!);
      best.energyPerVectorAccessPj[l] = Math.min(best.energyPerVectorAccessPj[l]!, offers.price(0));
      best.capacityWords[l] = Math.max(best.capacityWords[l]!, offers.capacity);
      area += offers.area;
    }
    areaUm2 = Math.min(areaUm2, area);
    best.instances.set(machine.instances);
    best.meshX.set(machine.meshX);
    best.parts = machine.parts;
  }
  const known = memoryOf.map(() => new Map<number, number>());
  return {
    ...{ machine: best, columns, rows, areaUm2 },
    price(l, words) {
      let least = known[l]!.get(words);
      if (least === undefined) {
        const all = arrays.map(({ machine, levels }) => offersOf(grid, box, l, machine, levels[l]!).price(words));
        least = all.reduce((so, price) => Math.min(so, price), Number.POSITIVE_INFINITY);
        known[l]!.set(words, least);
      }
      return least;
    },
  };
}

/**
 * What level l of an array has for a box's range of its memory: most words, least area, least price for so many words.
 */
function offersOf(
  { memoryOf }: HardwareGrid,
  { low, high }: HardwareBox,
  l: number,
  machine: Machine,
  { capacity, price, area, rises }: LevelTable,
) {
  const memory = memoryOf[l]!;
  const none = Number.POSITIVE_INFINITY;
  if (memory < 0) {
    const most = machine.capacityWords[l]!;
    const own = machine.energyPerVectorAccessPj[l]!;
    return { capacity: most, area: machine.areaUm2[l]!, price: (words: number) => (words <= most ? own : none) };
  }
  const from = low[memory]!;
  const to = high[memory]!;
  if (!rises) {
    const range = { capacity: capacity.subarray(from, to + 1), price: price.subarray(from, to + 1) };
    return {
      capacity: range.capacity.reduce((a, b) => Math.max(a, b)),
      area: area.subarray(from, to + 1).reduce((a, b) => Math.min(a, b)),
      price: (words: number) =>
        range.price.reduce((least, own, i) => (range.capacity[i]! >= words ? Math.min(least, own) : least), none),
    };
  }
  return {
    capacity: capacity[to]!,
    area: area[from]!,
    price(words: number) {
      if (capacity[to]! < words) return none;
      let least = from;
      let enough = to;
      while (least < enough) {
        const middle = (least + enough) >> 1;
        if (capacity[middle]! >= words) enough = middle;
        else least = middle + 1;
      }
      return price[enough]!;
    },
  };
}
