import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";
import fc from "fast-check";
import { type Operator, operators, type Windows } from "./arbitrary-operator.js";

/** A problem on an architecture with a mapping that it can run, small enough to walk. */
export interface Case {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
}

/** Larger problems take too long to walk. */
const MAX_MACS = 20_000;

/** Restrictions of `cases`. */
export interface CaseOptions {
  /** `any` unless given. */
  readonly windows?: Windows;
  /** Every level keeps every tensor; any bypass unless given. */
  readonly keepAll?: boolean;
}

/**
 * Random operators (convolutions with strides, dilations and groups, matrix products, arbitrary affine shapes) on 2 to
 * 4 levels with meshes, some wider than the loops unrolled over them, and any bypass.
 */
export function cases({ windows = "any", keepAll = false }: CaseOptions = {}): fc.Arbitrary<Case> {
  return fc
    .tuple(operators(windows), fc.integer({ min: 2, max: 4 }))
    .chain(([operator, levelCount]) =>
      fc.record({
        operator: fc.constant(operator),
        loops: loopLists(operator.dims, levelCount),
        spare: fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 })), {
          minLength: levelCount,
          maxLength: levelCount,
        }),
        bypass: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: levelCount, maxLength: levelCount }),
      }),
    )
    .map(({ operator, loops, spare, bypass }) =>
      assemble(operator, loops, spare, keepAll ? bypass.map(() => 0) : bypass),
    )
    .filter(({ problem }) => Object.values(problem.dims).reduce((a, b) => a * b, 1) <= MAX_MACS);
}

interface RandomLoop {
  readonly level: number;
  readonly kind: "temporal" | "X" | "Y";
  readonly dim: string;
  readonly factor: number;
}

/** Loops in random order, each dimension at most once in a kind of a level. */
function loopLists(dims: readonly string[], levelCount: number): fc.Arbitrary<RandomLoop[]> {
  const loop = fc.record({
    level: fc.integer({ min: 0, max: levelCount - 1 }),
    kind: fc.constantFrom("temporal" as const, "temporal" as const, "temporal" as const, "X" as const, "Y" as const),
    dim: fc.constantFrom(...dims),
    factor: fc.integer({ min: 2, max: 4 }),
  });
  return fc.uniqueArray(loop, { maxLength: 9, selector: ({ level, kind, dim }) => `${level} ${kind} ${dim}` });
}

function assemble(
  operator: Operator,
  loops: readonly RandomLoop[],
  spare: readonly (readonly [number, number])[],
  bypass: readonly number[],
): Case {
  const bounds: Record<string, number> = Object.fromEntries(operator.dims.map((dim) => [dim, 1]));
  for (const { dim, factor } of loops) bounds[dim]! *= factor;
  const problem = operator.build(bounds);
  const tensors = problem.tensors.map((tensor) => tensor.name);
  const kept = bypass.map((bits) => tensors.filter((_, t) => ((bits >> t) & 1) === 0));
  for (const tensor of tensors) if (!kept.some((names) => names.includes(tensor))) kept[0]!.push(tensor);
  const mapping = kept.map((keeps, level) => {
    const own = loops.filter((loop) => loop.level === level);
    const unrolled = (axis: "X" | "Y") =>
      own.filter((loop) => loop.kind === axis).map(({ dim, factor }) => [dim, factor, axis] as const);
    return {
      level: `L${level}`,
      temporal: own.filter((loop) => loop.kind === "temporal").map(({ dim, factor }) => [dim, factor] as const),
      spatial: [...unrolled("Y"), ...unrolled("X")],
      keeps,
    };
  });
  return { problem, architecture: architectureFor(mapping, spare, tensors), mapping };
}

/** Meshes as large as the loops need, and wider by `spare` columns and rows where there is fan-out. */
function architectureFor(
  mapping: Mapping,
  spare: readonly (readonly [number, number])[],
  tensors: readonly string[],
): Architecture {
  const meshes = [{ columns: 1, rows: 1 }];
  mapping.forEach(({ spatial }, l) => {
    const needed = (axis: "X" | "Y") => spatial.reduce((n, loop) => (loop[2] === axis ? n * loop[1] : n), 1);
    const [spareX, spareY] = spatial.length > 0 ? spare[l]! : [0, 0];
    const { columns, rows } = meshes[l]!;
    meshes.push({ columns: columns * (needed("X") + spareX), rows: rows * (needed("Y") + spareY) });
  });
  const instancesAt = (l: number) => ({
    instances: meshes[l]!.columns * meshes[l]!.rows,
    meshX: meshes[l]!.columns,
  });
  return {
    name: "random",
    levels: mapping.map(({ level }, l) => ({
      name: level,
      keeps: tensors,
      wordBits: 8,
      blockSize: 1 + (l % 3),
      capacityWords: null,
      bandwidthWordsPerCycle: l === 0 ? { shared: 4 } : { read: 2, write: 3 },
      energyPerVectorAccessPj: 100 / (l + 1),
      areaPerInstanceUm2: 10,
      ...instancesAt(l),
    })),
    compute: { ...instancesAt(mapping.length), energyPj: 1, areaPerInstanceUm2: 1 },
  };
}
