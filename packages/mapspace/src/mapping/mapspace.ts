import { LoopnestError } from "../errors/loopnest-error.js";
import type { LevelTemplate, Target } from "../hardware/target.js";
import type { Problem } from "../problem/problem.js";
import { type ProblemShape, problemShape } from "../problem/problem-shape.js";
import { squeeze } from "../problem/squeeze.js";
import { type FactorLimits, isSmallest, limitedTilings } from "./factor-limits.js";
import { emptyNest, type LoopNest } from "./nest.js";

/** How a loop runs: unrolled over columns or rows, or in time. */
export type LoopKind = "X" | "Y" | "temporal";

/** A place where a part of a dimension may go. Slot i is loop i of the mapspace's nest, in its base order. */
export interface Slot {
  readonly level: number;
  readonly kind: LoopKind;
  readonly dim: number;
  /** Limits on its factor, where the target has any. */
  readonly limits?: FactorLimits;
}

/**
 * All mappings that a target's hardware can execute for a problem: every way to write each bound, or one it may be
 * padded to, as a product over the slots of its dimension, times the loop orders of the levels that leave them free.
 */
export interface Mapspace {
  readonly target: Target;
  readonly problem: Problem;
  /** Of the problem without its unit dimensions. */
  readonly shape: ProblemShape;
  /** Innermost first, as in a nest. */
  readonly slots: readonly Slot[];
  /** Bounds that every dimension may be run at, ascending: its own first, then those it may be padded to. */
  readonly bounds: readonly (readonly number[])[];
  /** Slots of every dimension, innermost first. */
  readonly slotsOf: readonly (readonly number[])[];
  /** Levels whose loops may be reordered, outermost first. */
  readonly freeOrder: readonly number[];
  /**
   * A nest with one loop per slot, all factors 1 except each dimension's outermost slot, which holds its bound; where
   * factors are limited, that of the smallest tiles within the limits.
   */
  nest(): LoopNest;
}

/**
 * The mapspace of a problem on a target.
 *
 * @throws LoopnestError `infeasible` if a dimension has no slot at all or no tiling within limits; `unsupported` if a
 * tensor's name is kept by no level, or if of the tilings within limits none has the smallest tiles.
 */
export function makeMapspace(target: Target, problem: Problem): Mapspace {
  const shape = problemShape(squeeze(problem));
  const levels = target.levels.map((level) => {
    const x = indices(shape, level.space.spatialX);
    const y = indices(shape, level.space.spatialY);
    return { x, y, temporal: temporalDims(shape, level), keeps: keepBits(shape, level) };
  });
  checkKept(shape, target);
  const slots: Slot[] = [];
  for (let level = levels.length - 1; level >= 0; level--) {
    const { x, y, temporal } = levels[level]!;
    const slot = (kind: LoopKind) => (dim: number) => {
      const limits = limitsOf(target.levels[level]!, kind, shape.dims[dim]!);
      slots.push({ level, kind, dim, ...(limits !== undefined && { limits }) });
    };
    x.forEach(slot("X"));
    y.forEach(slot("Y"));
    temporal.forEach(slot("temporal"));
  }
  checkUnit(target, problem);
  const slotsOf = shape.dims.map((_, d) => slots.flatMap((slot, i) => (slot.dim === d ? [i] : [])));
  slotsOf.forEach((own, d) => {
    if (own.length > 0) return;
    throw new LoopnestError({
      code: "infeasible",
      path: `problem.dims.${shape.dims[d]}`,
      problem: `${target.name} can iterate ${shape.dims[d]} at no level`,
      fix: "allow it in the space of a level",
      dim: shape.dims[d]!,
    });
  });
  const bounds = shape.dims.map((dim, d) => [shape.bounds[d]!, ...(problem.paddings?.[dim] ?? [])]);
  const smallest = slotsOf.map((own, d) => smallestTiling(own, slots, bounds[d]!, shape.dims[d]!, target));
  return {
    target,
    problem,
    shape,
    bounds,
    slots,
    slotsOf,
    freeOrder: target.levels.flatMap((level, l) =>
      level.space.order === "any" && levels[l]!.temporal.length > 1 ? [l] : [],
    ),
    nest() {
      const nest = emptyNest(levels);
      slotsOf.forEach((own, d) => {
        const tiling = smallest[d]!;
        if (tiling === null) nest.factor[own[own.length - 1]!] = shape.bounds[d]!;
        else for (const [k, slot] of own.entries()) nest.factor[slot] = tiling[k]!;
      });
      return nest;
    },
  };
}

function limitsOf({ space }: LevelTemplate, kind: LoopKind, dim: string): FactorLimits | undefined {
  const limit = space.factors?.find((own) => own.kind === kind && own.dim === dim);
  return limit && { least: limit.least ?? 1, most: limit.most ?? Number.POSITIVE_INFINITY };
}

/** A loop of a dimension of bound 1 has no slot: no limit asks for more. */
function checkUnit({ name, levels }: Target, { dims }: Problem): void {
  for (const level of levels) {
    for (const { dim, least = 1 } of level.space.factors ?? []) {
      if (dims[dim] !== 1 || least === 1) continue;
      throw new LoopnestError({
        code: "infeasible",
        path: `problem.dims.${dim}`,
        problem: `${name} asks for a factor of ${dim} of at least ${least} at ${level.name}, its bound is 1`,
        fix: "leave such layers out, or drop the limit",
        level: level.name,
        dim,
      });
    }
  }
}

/** The tiling of a dimension with the smallest tiles, where factors are limited; null where they are not. */
function smallestTiling(
  own: readonly number[],
  slots: readonly Slot[],
  bounds: readonly number[],
  dim: string,
  target: Target,
): Float64Array | null {
  const limits = own.map((slot) => slots[slot]!.limits);
  if (limits.every((limit) => limit === undefined)) return null;
  const all = limitedTilings(bounds, limits).flat();
  const [first] = all;
  if (first !== undefined && isSmallest(first, all)) return first;
  throw new LoopnestError({
    code: first === undefined ? "infeasible" : "unsupported",
    path: `problem.dims.${dim}`,
    problem:
      first === undefined
        ? `${target.name} limits the factors of ${dim} so that none multiply to ${bounds.join(" or ")}`
        : `${target.name} limits the factors of ${dim} so that no tiling has the smallest tiles`,
    fix: "limit them at inner levels, and leave the outermost loop free",
    dim,
  });
}

function indices(shape: ProblemShape, dims: readonly string[]): number[] {
  return dims.map((dim) => shape.dims.indexOf(dim)).filter((d) => d >= 0);
}

/** Temporal dimensions of a level, innermost first; those that a fixed order does not name come outermost. */
function temporalDims(shape: ProblemShape, level: LevelTemplate): number[] {
  const { temporal, order } = level.space;
  const allowed = temporal === "all" ? shape.dims.map((_, d) => d) : indices(shape, temporal);
  if (order === "any") return allowed;
  const fixed = indices(shape, order).filter((d) => allowed.includes(d));
  return [...fixed, ...allowed.filter((d) => !fixed.includes(d))];
}

function keepBits(shape: ProblemShape, level: LevelTemplate): number {
  return shape.problem.tensors.reduce(
    (bits, tensor, t) => (level.keeps.includes(tensor.name) ? bits | (1 << t) : bits),
    0,
  );
}

function checkKept(shape: ProblemShape, target: Target): void {
  for (const { name } of shape.problem.tensors) {
    if (target.levels.some((level) => level.keeps.includes(name))) continue;
    throw new LoopnestError({
      code: "unsupported",
      path: "problem.tensors",
      problem: `no level of ${target.name} keeps ${name}`,
      fix: `name the tensors as ${target.name} does: ${target.levels[0]!.keeps.join(", ")}`,
      tensor: name,
    });
  }
}
