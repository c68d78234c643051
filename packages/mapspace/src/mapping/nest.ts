import { LoopnestError } from "../errors/loopnest-error.js";
import type { Architecture } from "../hardware/architecture.js";
import type { ProblemShape } from "../problem/problem-shape.js";
import type { LevelMapping, Mapping, SpatialLoop, TemporalLoop } from "./mapping.js";

/**
 * A mapping as one flat loop nest, innermost loop first: what the model's formulas walk.
 *
 * Loops of level l stand from `start[l]` to `end[l]`: X loops, from `startY[l]` Y loops, from `startTemporal[l]`
 * temporal loops. Level `levelCount - 1` is the innermost and comes first. Unit loops may stand anywhere: they change
 * nothing. Factors may be fractions (the smooth extension); `dim` and `factor` may be rewritten in place.
 */
export interface LoopNest {
  readonly levelCount: number;
  readonly start: Int32Array;
  readonly startY: Int32Array;
  readonly startTemporal: Int32Array;
  readonly end: Int32Array;
  /** Dimension index of every loop. */
  readonly dim: Int32Array;
  readonly factor: Float64Array;
  /** Bit t is set if level l keeps tensor t. */
  readonly keeps: Int32Array;
}

/** How many loops of each kind a level has. */
export interface LevelLoops {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly temporal: readonly number[];
  readonly keeps: number;
}

/** A nest of unit loops: `levels` outermost first, each with its dimension indices innermost first. @internal */
export function emptyNest(levels: readonly LevelLoops[]): LoopNest {
  const levelCount = levels.length;
  const start = new Int32Array(levelCount);
  const startY = new Int32Array(levelCount);
  const startTemporal = new Int32Array(levelCount);
  const end = new Int32Array(levelCount);
  const dim: number[] = [];
  for (let l = levelCount - 1; l >= 0; l--) {
    const { x, y, temporal } = levels[l]!;
    start[l] = dim.length;
    startY[l] = start[l]! + x.length;
    startTemporal[l] = startY[l]! + y.length;
    dim.push(...x, ...y, ...temporal);
    end[l] = dim.length;
  }
  return {
    levelCount,
    start,
    startY,
    startTemporal,
    end,
    dim: Int32Array.from(dim),
    factor: new Float64Array(dim.length).fill(1),
    keeps: Int32Array.from(levels, (level) => level.keeps),
  };
}

/**
 * Flattens a mapping; unit loops are dropped.
 *
 * @throws LoopnestError `input` if levels, dimensions or tensors do not match, a factor is not a positive integer, or a
 * level has the same dimension twice in one kind of loop.
 */
export function flatten(shape: ProblemShape, architecture: Architecture, mapping: Mapping): LoopNest {
  checkLevels(
    architecture.levels.map((level) => level.name),
    mapping,
  );
  const loops: number[] = [];
  const levels = mapping.map((level, l) => {
    const path = `mapping[${l}]`;
    const indexed = (kind: string, list: readonly (TemporalLoop | SpatialLoop)[]) =>
      list.map(([dim, factor], i) => loopDim(shape, `${path}.${kind}[${i}]`, dim, factor));
    const temporal = indexed("temporal", level.temporal);
    const spatial = indexed("spatial", level.spatial);
    checkUnique(`${path}.temporal`, level.temporal, "temporal");
    for (const axis of ["X", "Y"] as const) {
      checkUnique(
        `${path}.spatial`,
        level.spatial.filter((loop) => loop[2] === axis),
        `spatial ${axis}`,
      );
    }
    const pick = (axis: string) =>
      spatial.filter((_, i) => level.spatial[i]![2] === axis && level.spatial[i]![1] > 1).reverse();
    return {
      x: pick("X"),
      y: pick("Y"),
      temporal: temporal.filter((_, i) => level.temporal[i]![1] > 1).reverse(),
      keeps: keepBits(shape, architecture, level, l),
    };
  });
  for (let l = mapping.length - 1; l >= 0; l--) {
    const level = mapping[l]!;
    const factors = (list: readonly (TemporalLoop | SpatialLoop)[]) =>
      list
        .map((loop) => loop[1])
        .filter((factor) => factor > 1)
        .reverse();
    loops.push(...factors(level.spatial.filter((loop) => loop[2] === "X")));
    loops.push(...factors(level.spatial.filter((loop) => loop[2] === "Y")));
    loops.push(...factors(level.temporal));
  }
  const nest = emptyNest(levels);
  nest.factor.set(loops);
  return nest;
}

/** The mapping of a nest with integer factors; unit loops are left out, all loops outermost first. */
export function unflatten(shape: ProblemShape, levelNames: readonly string[], nest: LoopNest): Mapping {
  return levelNames.map((level, l) => {
    const take = (from: number, to: number) => {
      const loops: [string, number][] = [];
      for (let i = to - 1; i >= from; i--) {
        if (nest.factor[i]! !== 1) loops.push([shape.dims[nest.dim[i]!]!, nest.factor[i]!]);
      }
      return loops;
    };
    const spatial = [
      ...take(nest.startY[l]!, nest.startTemporal[l]!).map(([dim, factor]) => [dim, factor, "Y"] as const),
      ...take(nest.start[l]!, nest.startY[l]!).map(([dim, factor]) => [dim, factor, "X"] as const),
    ];
    const keeps = shape.problem.tensors.filter((_, t) => (nest.keeps[l]! >> t) & 1).map((tensor) => tensor.name);
    return { level, temporal: take(nest.startTemporal[l]!, nest.end[l]!), spatial, keeps };
  });
}

/** @throws LoopnestError `input` unless the mapping has the levels of the given names, in that order. @internal */
export function checkLevels(names: readonly string[], mapping: Mapping): void {
  const got = mapping.map((level) => level.level);
  if (names.length === got.length && names.every((name, l) => name === got[l])) return;
  const l = names.findIndex((name, index) => name !== got[index]);
  throw new LoopnestError({
    code: "input",
    path: l >= 0 && l < got.length ? `mapping[${l}].level` : "mapping",
    problem: `the mapping's levels are ${got.join(", ")}`,
    fix: `list the architecture's levels, outermost first: ${names.join(", ")}`,
    expected: names,
    got,
  });
}

function loopDim(shape: ProblemShape, path: string, dim: string, factor: number): number {
  const d = shape.dims.indexOf(dim);
  if (d < 0) {
    throw new LoopnestError({
      code: "input",
      path,
      problem: `unknown dimension ${dim}`,
      fix: `use one of ${shape.dims.join(", ")}`,
      got: dim,
    });
  }
  if (!Number.isSafeInteger(factor) || factor < 1) {
    throw new LoopnestError({
      code: "input",
      path,
      problem: `the factor of ${dim} is ${factor}`,
      fix: "give a positive integer",
      dim,
      got: factor,
    });
  }
  return d;
}

function checkUnique(path: string, loops: readonly (TemporalLoop | SpatialLoop)[], kind: string): void {
  const seen = new Set<string>();
  for (const [dim] of loops) {
    if (seen.has(dim)) {
      throw new LoopnestError({
        code: "input",
        path,
        problem: `${dim} has two ${kind} loops at one level`,
        fix: "give each dimension one loop of a kind per level",
        dim,
      });
    }
    seen.add(dim);
  }
}

function keepBits(shape: ProblemShape, architecture: Architecture, level: LevelMapping, l: number): number {
  let bits = 0;
  level.keeps.forEach((name, i) => {
    const t = shape.problem.tensors.findIndex((tensor) => tensor.name === name);
    const hardware = architecture.levels[l]!.keeps;
    if (t >= 0 && hardware.includes(name)) {
      bits |= 1 << t;
      return;
    }
    throw new LoopnestError({
      code: "input",
      path: `mapping[${l}].keeps[${i}]`,
      problem: t < 0 ? `unknown tensor ${name}` : `${level.level} cannot keep ${name}`,
      fix: `keep a subset of ${hardware.join(", ") || "nothing"}`,
      level: level.level,
      tensor: name,
    });
  });
  return bits;
}
