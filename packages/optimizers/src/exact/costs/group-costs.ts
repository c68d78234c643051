import { firstIndex, type Machine, type PerformanceModel, totalAreaUm2 } from "@loopnest/mapspace";
import type { ArrayClass } from "../enumerate/admission.js";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import { arrayMachine, fastestMachine, largestCapacities } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type CostColumns, type CostTable, costRows } from "./cost-table.js";
import type { MemoryTable, MemoryTables } from "./memory-table.js";

/**
 * What some mappings cost at least on any of several arrays: every level of every mapping finds the array that suits it
 * best. Every priced level has a memory of its own here, whose grid values are the numbers of words that mappings need.
 *
 * Where rows are of different widths, `accesses` are words: `ceil(words / row) * price >= words * (price / row)`.
 *
 * @param mappings Per layer, numbers in its pool.
 * @returns `null` if for a layer none of them runs on any of the arrays.
 */
export function groupCosts(
  space: HardwareSpace,
  model: PerformanceModel,
  tables: MemoryTables,
  group: readonly number[],
  pools: readonly MappingPool[],
  mappings: readonly Int32Array[],
): CostTable | null {
  const machines = group.map((a) => arrayMachine(space, model, a, "smallest"));
  const priced = space.memoryOf.flatMap((m, l) => (m >= 0 ? [l] : []));
  const grids = priced.map((l) => wordsNeeded(l, pools, mappings));
  /** Per access, or per word where rows are of different widths. */
  const unit = (machine: Machine, l: number, price: number) =>
    space.varies[l]!.block ? price / machine.blockSize[l]! : price;
  const leastPrice = space.memoryOf.map((_, l) =>
    machines.reduce(
      (least, machine) => Math.min(least, unit(machine, l, machine.energyPerVectorAccessPj[l]!)),
      Infinity,
    ),
  );
  const capacities = largestCapacities(space, model, group);
  const columns = groupColumns(space, fastestMachine(machines), new Set(group), capacities, priced, grids, leastPrice);
  const layers = pools.map((pool, i) => costRows(columns, pool, mappings[i]!));
  if (layers.some(({ count }) => count === 0)) return null;
  return {
    areas: grids.map((grid) => new Float64Array(grid.length)),
    baseAreaUm2: machines.reduce((least, machine) => Math.min(least, totalAreaUm2(machine)), Number.POSITIVE_INFINITY),
    pricedBy: priced.map((_, p) => p),
    prices: priced.map((l, p) => {
      const distinct = new Map<MemoryTable, Machine>();
      for (const [i, a] of group.entries()) distinct.set(tables(a, space.memoryOf[l]!), machines[i]!);
      return grids[p]!.map((words) => {
        let least = Number.POSITIVE_INFINITY;
        for (const [table, machine] of distinct) {
          const value = table.valueFor(l, words);
          if (value < table.values) least = Math.min(least, unit(machine, l, table.price(l, value)));
        }
        return least;
      });
    }),
    layers,
  };
}

function groupColumns(
  space: HardwareSpace,
  fastest: Machine,
  group: ReadonlySet<number>,
  capacities: Float64Array,
  priced: readonly number[],
  grids: readonly Float64Array[],
  leastPrice: readonly number[],
): CostColumns {
  const place = space.memoryOf.map((_, l) => priced.indexOf(l));
  const runs = new Map<ArrayClass, boolean>();

  function runsHere(arrays: ArrayClass): boolean {
    let known = runs.get(arrays);
    if (known === undefined) {
      known = [...group].some((a) => arrays.has(a));
      runs.set(arrays, known);
    }
    return known;
  }

  return {
    memories: priced.length,
    pricedLevels: priced.length,
    write(pool, mapping, row) {
      const { layout, read } = pool;
      if (!runsHere(pool.arraysOf(mapping))) return false;
      row.fixedEnergy = read.steadyEnergyPj(mapping);
      const charge = (l: number, accesses: number) => {
        if (place[l]! < 0) row.fixedEnergy += accesses * leastPrice[l]!;
        else row.accesses[place[l]!] = accesses;
      };
      for (const l of layout.accessLevels) charge(l, read.accesses(mapping, l));
      row.latency = read.steadyCycles(mapping);
      for (const l of layout.needLevels) {
        const words = read.words(mapping, l);
        if (words > capacities[l]!) return false;
        if (place[l]! >= 0)
          row.needs[place[l]!] = firstIndex(grids[place[l]!]!.length, (i) => grids[place[l]!]![i]! >= words);
      }
      const account = pool.layer.model.account!;
      for (const l of layout.looseLevels) {
        if (space.varies[l]!.block) charge(l, read.leastWords(mapping, l));
        if (!space.varies[l]!.ports) continue;
        row.latency = Math.max(row.latency, account.levelCycles(read.traffic(mapping, l), fastest, l));
      }
      row.fixedEnergy += read.leakPjPerCycle(mapping) * row.latency;
      return true;
    },
  };
}

/** The different numbers of words that mappings need at a level, ascending. */
function wordsNeeded(l: number, pools: readonly MappingPool[], mappings: readonly Int32Array[]): Float64Array {
  const words = new Set<number>();
  pools.forEach(({ read }, i) => {
    for (const mapping of mappings[i]!) words.add(read.words(mapping, l));
  });
  return Float64Array.from(words).sort();
}
