import type { Machine, PerformanceModel } from "@loopnest/mapspace";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import { arrayMachine } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type CostColumns, type CostRow, type CostTable, costRows } from "./cost-table.js";
import type { MemoryTables } from "./memory-table.js";

/** The exact costs on one array. */
export interface ArrayCosts extends CostTable {
  /** All sizes of the target's order, memories aside. */
  readonly array: Float64Array;
  /** Per memory: its grid values as sizes. */
  readonly sizes: readonly Float64Array[];
}

/**
 * The costs of some mappings on array a.
 *
 * @param mappings Per layer, numbers in its pool.
 * @returns `null` if for a layer none of them runs on the array with the largest memories.
 */
export function arrayCosts(
  space: HardwareSpace,
  model: PerformanceModel,
  tables: MemoryTables,
  a: number,
  pools: readonly MappingPool[],
  mappings: readonly Int32Array[],
): ArrayCosts | null {
  const machine = arrayMachine(space, model, a, "smallest");
  const memories = space.memories.map((_, m) => tables(a, m));
  const priced = space.memoryOf.flatMap((m, l) => (m >= 0 ? [l] : []));
  const columns = exactColumns(space, machine, tables, a, priced);
  const layers = pools.map((pool, i) => costRows(columns, pool, mappings[i]!));
  if (layers.some(({ count }) => count === 0)) return null;

  const grids = memories.map((memory, m) =>
    compress(
      layers.map(({ needs }) => needs[m]!),
      memory.values,
    ),
  );
  const areaOf = (m: number, value: number) =>
    priced
      .filter((l) => space.memoryOf[l] === m)
      .reduce((sum, l) => sum + machine.instances[l]! * memories[m]!.area(l, value), 0);
  const baseAreaUm2 = machine.areaUm2.filter((_, l) => !priced.includes(l)).reduce((sum, area) => sum + area, 0);
  return {
    array: space.arrays[a]!,
    sizes: grids.map((grid, m) => Float64Array.from(grid, (value) => space.memories[m]!.values[value]!)),
    areas: grids.map((grid, m) => Float64Array.from(grid, (value) => areaOf(m, value) - areaOf(m, grid[0]!))),
    baseAreaUm2: grids.reduce((sum, grid, m) => sum + areaOf(m, grid[0]!), baseAreaUm2),
    pricedBy: priced.map((l) => space.memoryOf[l]!),
    prices: priced.map((l) => {
      const m = space.memoryOf[l]!;
      return Float64Array.from(grids[m]!, (value) => memories[m]!.price(l, value));
    }),
    layers,
  };
}

/** Needs count in values of the memory tables. */
function exactColumns(
  space: HardwareSpace,
  machine: Machine,
  tables: MemoryTables,
  a: number,
  priced: readonly number[],
): CostColumns {
  const memories = space.memories.map((_, m) => tables(a, m));
  const place = space.memoryOf.map((_, l) => priced.indexOf(l));

  function charge(row: CostRow, l: number, accesses: number): void {
    if (place[l]! < 0) row.fixedEnergy += accesses * machine.energyPerVectorAccessPj[l]!;
    else row.accesses[place[l]!] = accesses;
  }

  function fits(row: CostRow, l: number, words: number): boolean {
    const m = space.memoryOf[l]!;
    if (m < 0) return words <= machine.capacityWords[l]!;
    const value = memories[m]!.valueFor(l, words);
    if (value > row.needs[m]!) row.needs[m] = value;
    return value < memories[m]!.values;
  }

  return {
    memories: memories.length,
    pricedLevels: priced.length,
    write(pool, mapping, row) {
      const { layout, read } = pool;
      if (!pool.arraysOf(mapping).has(a)) return false;
      row.needs.fill(0);
      row.fixedEnergy = read.steadyEnergyPj(mapping);
      for (const l of layout.accessLevels) charge(row, l, read.accesses(mapping, l));
      row.latency = read.steadyCycles(mapping);
      for (const l of layout.needLevels) if (!fits(row, l, read.words(mapping, l))) return false;
      const account = pool.layer.model.account!;
      for (const l of layout.looseLevels) {
        const traffic = read.traffic(mapping, l);
        if (space.varies[l]!.block) charge(row, l, account.vectorAccesses(traffic, machine, l));
        if (space.varies[l]!.ports) row.latency = Math.max(row.latency, account.levelCycles(traffic, machine, l));
      }
      row.fixedEnergy += read.leakPjPerCycle(mapping) * row.latency;
      return true;
    },
  };
}

/** Numbers the values that occur from 0 on, ascending, in place, and returns them. */
function compress(lists: readonly Int32Array[], values: number): number[] {
  const occurs = new Uint8Array(values);
  for (const list of lists) for (let c = 0; c < list.length; c++) occurs[list[c]!] = 1;
  const numbers = new Int32Array(values);
  const grid: number[] = [];
  for (let value = 0; value < values; value++) {
    numbers[value] = grid.length;
    if (occurs[value] === 1) grid.push(value);
  }
  for (const list of lists) for (let c = 0; c < list.length; c++) list[c] = numbers[list[c]!]!;
  return grid;
}
