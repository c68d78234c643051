import {
  type CompiledTarget,
  compileTarget,
  evaluateMonomial,
  LoopnestError,
  type Monomial,
  sizeValues,
  type Target,
} from "@loopnest/mapspace";

/** Arrays beyond which listing them one by one is not sensible. */
const MOST_ARRAYS = 100_000;

/**
 * All hardware that a target's free sizes span, as arrays times memories.
 *
 * A memory size says only how many rows levels have: it decides capacities, and with them energies per access and
 * areas. All other sizes shape the array: they may decide anything. Every combination of these is one array.
 */
export interface HardwareSpace {
  readonly target: Target;
  readonly compiled: CompiledTarget;
  readonly arrayCount: number;
  /**
   * All sizes of every array, in the target's order, memory sizes at their smallest; empty if there are too many to
   * list.
   */
  readonly arrays: readonly Float64Array[];
  /** The same, one after the other, however many there are. */
  eachArray(): Iterable<Float64Array>;
  /** All sizes in the target's order, those that are given with one value. */
  readonly ranges: readonly SizeRange[];
  /** Sizes that decide capacities only. */
  readonly memories: readonly SizeRange[];
  /** Entry l: which of the memories decides the capacity of level l, -1 if none does. */
  readonly memoryOf: readonly number[];
  /** Entry l: what of level l is not the same on all hardware. */
  readonly varies: readonly LevelVariation[];
  /** Children of one instance of level l on array a, in columns and rows. */
  fanOut(a: number, l: number): { readonly x: number; readonly y: number };
  /** Equal for arrays whose instances stand in as many columns and rows, at every level. */
  meshSignature(a: number): string;
  /** Equal for arrays on which memory m means the same, but for the number of instances. */
  memorySignature(a: number, m: number): string;
}

/** For sizes by their place in the target's order: the numbers of the values that they may take, `to` left out. */
export type Ranges = ReadonlyMap<number, { readonly from: number; readonly to: number }>;

/** A size with the values that it may take, ascending. */
export interface SizeRange {
  readonly name: string;
  /** Place in the target's order of sizes. */
  readonly index: number;
  readonly values: Float64Array;
}

export interface LevelVariation {
  /** Words of a row. */
  readonly block: boolean;
  /** Bandwidth. */
  readonly ports: boolean;
  /** Rows or their width: capacity, and with it the energy of an access. */
  readonly storage: boolean;
}

/**
 * @param fixed Sizes that may not change, in the target's order, NaN where a size is free.
 * @param within Free sizes that shape the array and may only take some of their values.
 * @throws LoopnestError `unsupported` if a level's capacity depends on two free memory sizes.
 */
export function makeHardwareSpace(target: Target, fixed: Float64Array, within: Ranges = new Map()): HardwareSpace {
  const compiled = compileTarget(target);
  const { levels } = compiled;
  const ranges = target.sizes.map((size, index): SizeRange => {
    const given = fixed[index]!;
    if (!Number.isNaN(given)) return { name: size.name, index, values: Float64Array.of(given) };
    const { from, to } = within.get(index) ?? {};
    return { name: size.name, index, values: sizeValues(size).subarray(from, to) };
  });
  const uses = (monomial: Monomial | null, index: number) => monomial !== null && monomial.exponents[index] !== 0;
  const free = ranges.filter(({ values }) => values.length > 1);
  const shapes = ({ index }: SizeRange) =>
    [compiled.computeInstances, compiled.computeMeshX].some((monomial) => uses(monomial, index)) ||
    levels.some(({ blockSize, shared, read, write, instances, meshX }) =>
      [blockSize, shared, read, write, instances, meshX].some((monomial) => uses(monomial, index)),
    );
  const memories = free.filter((size) => !shapes(size));
  const memoryOf = levels.map(({ rows, template }, l) => {
    const own = memories.flatMap(({ index }, m) => (uses(rows, index) ? [m] : []));
    if (own.length <= 1) return own[0] ?? -1;
    throw new LoopnestError({
      code: "unsupported",
      path: `levels[${l}].rowsPerInstance`,
      problem: `the capacity of ${template.name} depends on ${own.map((m) => memories[m]!.name).join(" and ")}`,
      fix: "fix all of them but one",
      level: template.name,
    });
  });
  const shaping = ranges.map((size) =>
    memories.includes(size) ? { ...size, values: size.values.subarray(0, 1) } : size,
  );
  const arrayCount = shaping.reduce((product, { values }) => product * values.length, 1);
  const arrays = arrayCount > MOST_ARRAYS ? [] : [...combinations(shaping)];
  const deciding = memories.map((_, m) =>
    ranges.filter(({ index }) =>
      levels.some(({ rows, blockSize }, l) => memoryOf[l] === m && (uses(rows, index) || uses(blockSize, index))),
    ),
  );
  const anyFree = (monomial: Monomial | null) => free.some(({ index }) => uses(monomial, index));
  return {
    target,
    compiled,
    arrayCount,
    arrays,
    eachArray: () => combinations(shaping),
    ranges,
    memories,
    memoryOf,
    varies: levels.map(({ blockSize, rows, shared, read, write }) => ({
      block: anyFree(blockSize),
      ports: anyFree(shared) || anyFree(read) || anyFree(write),
      storage: anyFree(blockSize) || anyFree(rows),
    })),
    fanOut(a, l) {
      const sizes = arrays[a]!;
      // The guard keeps a quotient that is whole but for rounding whole.
      const whole = (monomial: Monomial) => Math.floor(evaluateMonomial(monomial, sizes) * (1 + 1e-12));
      return { x: whole(levels[l]!.fanOutX), y: whole(levels[l]!.fanOutY) };
    },
    meshSignature: (a) =>
      [...levels, { instances: compiled.computeInstances, meshX: compiled.computeMeshX }]
        .flatMap(({ instances, meshX }) => [instances, meshX].map((monomial) => evaluateMonomial(monomial, arrays[a]!)))
        .join(),
    memorySignature: (a, m) => [m, ...deciding[m]!.map(({ index }) => arrays[a]![index]!)].join(),
  };
}

/** All combinations of the values of some sizes, the last size running fastest. */
function* combinations(ranges: readonly SizeRange[]): Generator<Float64Array> {
  const at = ranges.map(() => 0);
  for (;;) {
    yield Float64Array.from(ranges, ({ values }, i) => values[at[i]!]!);
    let i = ranges.length - 1;
    while (i >= 0 && ++at[i]! === ranges[i]!.values.length) at[i--] = 0;
    if (i < 0) return;
  }
}
