import {
  compileTarget,
  emptyMachine,
  type Hardware,
  LoopnestError,
  type Machine,
  type PerformanceModel,
  sizeValues,
  type Target,
} from "@loopnest/mapspace";

/** All hardware of a target: the values that every size takes, in the target's order. */
export interface HardwareGrid {
  readonly target: Target;
  readonly sizes: readonly GridSize[];
  /** Per level: the size that decides how many rows it has and nothing else, -1 if none does. */
  readonly memoryOf: readonly number[];
  /** What the levels are on all memories of an array, its other sizes given by their positions. */
  array(at: readonly number[]): ArrayTable;
}

interface GridSize {
  readonly name: string;
  /** Ascending. */
  readonly values: Float64Array;
  /** Whether it decides nothing but how many rows levels have. */
  readonly isMemory: boolean;
}

/** Machines of one array. */
export interface ArrayTable {
  /** With its memories at their smallest. */
  readonly machine: Machine;
  /** Per level with a memory, by position of the memory: words, pJ of an access, um2 of all instances. */
  readonly levels: readonly LevelTable[];
}

export interface LevelTable {
  readonly capacity: Float64Array;
  readonly price: Float64Array;
  readonly area: Float64Array;
  /** Whether all three never fall from one position to the next. */
  rises: boolean;
}

/** Hardware between two corners: per size, first and last position among its values. */
export interface HardwareBox {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** @throws LoopnestError `unsupported` if the rows of a level follow from two memories. */
export function makeHardwareGrid(model: PerformanceModel, fixed: Hardware): HardwareGrid {
  const { target } = model;
  const { levels, computeInstances, computeMeshX } = compileTarget(target);
  const shaping = [computeInstances, computeMeshX].concat(
    levels.flatMap(({ blockSize, shared, read, write, instances, meshX }) =>
      [blockSize, shared, read, write, instances, meshX].filter((monomial) => monomial !== null),
    ),
  );
  const sizes = target.sizes.map((size, s): GridSize => {
    const given = fixed[size.name];
    const values = given === undefined ? sizeValues(size) : Float64Array.of(given);
    const shapes = shaping.some(({ exponents }) => exponents[s] !== 0);
    return { name: size.name, values, isMemory: !shapes && values.length > 1 };
  });
  const memoryOf = levels.map(({ rows, template }) => {
    const own = sizes.flatMap(({ isMemory }, s) => (isMemory && (rows?.exponents[s] ?? 0) !== 0 ? [s] : []));
    if (own.length <= 1) return own[0] ?? -1;
    throw new LoopnestError({
      code: "unsupported",
      path: "certificate",
      problem: `the rows of ${template.name} follow from ${own.map((s) => sizes[s]!.name).join(" and ")}`,
      fix: "fix all of them but one",
    });
  });
  const known = new Map<string, ArrayTable>();
  return {
    target,
    sizes,
    memoryOf,
    array(at) {
      const key = at.map((position, s) => (sizes[s]!.isMemory ? 0 : position)).join();
      let table = known.get(key);
      if (table === undefined) {
        table = arrayTable(model, sizes, memoryOf, at);
        known.set(key, table);
      }
      return table;
    },
  };
}

function arrayTable(
  model: PerformanceModel,
  sizes: readonly GridSize[],
  memoryOf: readonly number[],
  at: readonly number[],
): ArrayTable {
  const given = Float64Array.from(sizes, ({ values, isMemory }, s) => values[isMemory ? 0 : at[s]!]!);
  const machine = emptyMachine(memoryOf.length);
  model.machine(given, "exact", machine);
  const tableOf = (count: number) => ({
    capacity: new Float64Array(count),
    price: new Float64Array(count),
    area: new Float64Array(count),
    rises: true,
  });
  const levels = memoryOf.map((s) => tableOf(s < 0 ? 0 : sizes[s]!.values.length));
  const other = emptyMachine(memoryOf.length);
  sizes.forEach(({ values, isMemory }, s) => {
    if (!isMemory) return;
    const own = given.slice();
    values.forEach((value, position) => {
      own[s] = value;
      model.machine(own, "exact", other);
      memoryOf.forEach((memory, l) => {
        if (memory !== s) return;
        levels[l]!.capacity[position] = other.capacityWords[l]!;
        levels[l]!.price[position] = other.energyPerVectorAccessPj[l]!;
        levels[l]!.area[position] = other.areaUm2[l]!;
      });
    });
  });
  for (const table of levels) table.rises = [table.capacity, table.price, table.area].every(rises);
  return { machine, levels };
}

function rises(list: Float64Array): boolean {
  return list.every((value, i) => i === 0 || value >= list[i - 1]!);
}

/** The positions of all arrays of a box, memories at their first. */
export function* arraysIn({ sizes }: HardwareGrid, { low, high }: HardwareBox): Generator<readonly number[]> {
  const at = [...low];
  for (;;) {
    yield [...at];
    let s = sizes.length - 1;
    for (; s >= 0; s--) {
      if (sizes[s]!.isMemory) continue;
      if (++at[s]! <= high[s]!) break;
      at[s] = low[s]!;
    }
    if (s < 0) return;
  }
}

/** All hardware of a grid. */
export function wholeGrid({ sizes }: HardwareGrid): HardwareBox {
  return { low: sizes.map(() => 0), high: sizes.map(({ values }) => values.length - 1) };
}
