import {
  type Architecture,
  conv,
  depthwiseConv,
  type Mapping,
  matmul,
  type Problem,
  type Rank,
} from "@loopnest/mapspace";
import fc from "fast-check";

/** A problem on an architecture with a mapping that it can run, small enough to walk. */
export interface Case {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
}

/** A problem whose bounds are yet to come. */
interface Operator {
  readonly dims: readonly string[];
  readonly build: (bounds: Readonly<Record<string, number>>) => Problem;
}

/** Restrictions of `cases`; all off unless given. */
export interface CaseOptions {
  /** No rank sums dimensions: no sliding windows. */
  readonly windowless?: boolean;
  /** Every level keeps every tensor. */
  readonly keepAll?: boolean;
  /** Largest number of multiply-accumulates; 20,000 unless given. */
  readonly maxMacs?: number;
}

/**
 * Random operators (convolutions with strides, dilations and groups, matrix products, arbitrary affine shapes) on 2 to 4
 * levels with meshes, some wider than the loops unrolled over them, and any bypass.
 */
export function cases({ windowless = false, keepAll = false, maxMacs = 20_000 }: CaseOptions = {}): fc.Arbitrary<Case> {
  const operators = windowless
    ? [productOperator, affineOperator(1)]
    : [convOperator, productOperator, affineOperator(3)];
  return fc
    .tuple(fc.oneof(...operators), fc.integer({ min: 2, max: 4 }))
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
    .filter(({ problem }) => Object.values(problem.dims).reduce((a, b) => a * b, 1) <= maxMacs);
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

const small = fc.integer({ min: 1, max: 3 });

const convOperator: fc.Arbitrary<Operator> = fc
  .record({
    stride: fc.tuple(small, small),
    dilation: fc.tuple(small, small),
    groups: fc.constantFrom("none", "G", "depthwise"),
  })
  .map(({ stride, dilation, groups }) => {
    const window = ["R", "S", "P", "Q"];
    if (groups === "depthwise") {
      return {
        dims: [...window, "G"],
        build: ({ R = 1, S = 1, P = 1, Q = 1, G = 1 }) => depthwiseConv({ R, S, P, Q, channels: G, stride, dilation }),
      };
    }
    const grouped = groups === "G";
    return {
      dims: [...window, "C", "K", ...(grouped ? ["G"] : ["N"])],
      build: ({ R = 1, S = 1, P = 1, Q = 1, C = 1, K = 1, N = 1, G = 1 }) =>
        conv({ R, S, P, Q, C, K, N, stride, dilation, ...(grouped ? { G } : {}) }),
    };
  });

/** Matrix products, batched or not. */
const productOperator: fc.Arbitrary<Operator> = fc.boolean().map((batched) => ({
  dims: ["P", "C", "K", ...(batched ? ["G"] : [])],
  build: ({ P = 1, C = 1, K = 1, G }) => matmul({ m: P, k: C, n: K, ...(G === undefined ? {} : { batch: G }) }),
}));

/** Two inputs and an output of up to three ranks of up to `maxTerms` terms; without windows the output has no gaps either. */
function affineOperator(maxTerms: number): fc.Arbitrary<Operator> {
  const dims = ["A", "B", "C", "D", "E"];
  const ranks = (maxCoefficient: number): fc.Arbitrary<Rank[]> =>
    fc
      .tuple(
        fc.shuffledSubarray(dims, { minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: maxCoefficient }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: maxTerms }), { minLength: 1, maxLength: 3 }),
      )
      .map(([order, coefficients, lengths]) => {
        const terms = order.map((dim, i) => [dim, coefficients[i]!] as const);
        return lengths.map((length) => terms.splice(0, length)).filter((rank) => rank.length > 0);
      });
  return fc
    .record({ left: ranks(3), right: ranks(3), out: ranks(maxTerms === 1 ? 1 : 3) })
    .map(({ left, right, out }) => ({
      dims,
      build: (bounds) => ({
        name: "affine",
        dims: bounds,
        tensors: [
          { name: "Left", role: "input", ranks: left },
          { name: "Right", role: "input", ranks: right },
          { name: "Out", role: "output", ranks: out },
        ],
      }),
    }));
}
