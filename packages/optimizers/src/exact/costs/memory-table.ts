import { emptyMachine, firstIndex, LoopnestError, type Machine, type PerformanceModel } from "@loopnest/mapspace";
import { arrayMachine } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";

/** What the values of one memory size mean on an array; value number i is entry i of the size's values. */
export interface MemoryTable {
  readonly values: number;
  /** Number of the smallest value at which level l holds so many words; `values` if there is none. */
  valueFor(l: number, words: number): number;
  /** Energy per vector access of level l, pJ. */
  price(l: number, value: number): number;
  /** Area of one instance of level l, um2. */
  area(l: number, value: number): number;
}

/**
 * Tables of memory m on array a. Arrays on which the memory's levels have rows of one width, and as many, share one.
 */
export type MemoryTables = (a: number, m: number) => MemoryTable;

/** @param words Entry l: the most words that any mapping needs at level l; larger values are not looked at. */
export function makeMemoryTables(space: HardwareSpace, model: PerformanceModel, words: Float64Array): MemoryTables {
  const known = new Map<string, MemoryTable>();
  return (a, m) => {
    const signature = space.memorySignature(a, m);
    let table = known.get(signature);
    if (table === undefined) {
      table = memoryTable(space, model, a, m, words);
      known.set(signature, table);
    }
    return table;
  };
}

/**
 * Reads off the model what a memory size decides.
 *
 * @throws LoopnestError `unsupported` if a capacity, energy or area falls as the size grows, or anything else changes
 * with it: the bounds of exact search rest on that.
 */
function memoryTable(
  space: HardwareSpace,
  model: PerformanceModel,
  a: number,
  m: number,
  words: Float64Array,
): MemoryTable {
  const { index, values: all } = space.memories[m]!;
  const own = space.memoryOf.flatMap((memory, l) => (memory === m ? [l] : []));
  const smallest = arrayMachine(space, model, a, "smallest");
  const sizes = space.arrays[a]!.slice();
  const machine = emptyMachine(smallest.levelCount);
  const perLevel = () => space.memoryOf.map((): number[] => []);
  const capacities = perLevel();
  const prices = perLevel();
  const areas = perLevel();
  let values = 0;
  for (let enough = false; values < all.length && !enough; values++) {
    sizes[index] = all[values]!;
    model.machine(sizes, "exact", machine);
    for (const l of own) {
      capacities[l]!.push(machine.capacityWords[l]!);
      prices[l]!.push(machine.energyPerVectorAccessPj[l]!);
      areas[l]!.push(machine.areaUm2[l]! / machine.instances[l]!);
    }
    enough = own.every((l) => machine.capacityWords[l]! >= words[l]!);
  }
  checkSteady(space, smallest, machine, own, m);
  for (const list of [...capacities, ...prices, ...areas]) checkRising(space, list, m);
  return {
    values,
    valueFor(l, needed) {
      const list = capacities[l]!;
      return firstIndex(values, (value) => list[value]! >= needed);
    },
    price: (l, value) => prices[l]![value]!,
    area: (l, value) => areas[l]![value]!,
  };
}

function checkRising(space: HardwareSpace, list: readonly number[], m: number): void {
  for (let i = 1; i < list.length; i++) {
    // Figures that come out of sums may fall by their rounding.
    if (list[i]! < list[i - 1]! * (1 - 1e-12)) fail(space, m, "makes something smaller or cheaper as it grows");
  }
}

function checkSteady(space: HardwareSpace, before: Machine, after: Machine, own: readonly number[], m: number): void {
  const fields = ["blockSize", "bandwidthShared", "bandwidthRead", "bandwidthWrite", "instances", "meshX"] as const;
  for (const field of fields) {
    if (before[field].some((value, l) => value !== after[field][l])) fail(space, m, `changes ${field}`);
  }
  for (let l = 0; l < before.levelCount; l++) {
    if (own.includes(l)) continue;
    const same =
      before.energyPerVectorAccessPj[l] === after.energyPerVectorAccessPj[l] && before.areaUm2[l] === after.areaUm2[l];
    if (!same) fail(space, m, `changes ${space.target.levels[l]!.name}, whose rows it does not decide`);
  }
}

function fail(space: HardwareSpace, m: number, problem: string): never {
  throw new LoopnestError({
    code: "unsupported",
    path: "model",
    problem: `${space.memories[m]!.name} ${problem}`,
    fix:
      "exact search needs memories whose capacity, energy and area rise with their size: fix this one, or take " +
      "another energy table",
  });
}
