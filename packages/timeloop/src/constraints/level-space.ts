import { type Architecture, fanOut, type LevelSpace, LoopnestError, type Problem } from "@loopnest/mapspace";
import type { Note, NoteOptions } from "../yaml/note.js";
import { factorLimits, noteUnheld } from "./factor-limits.js";
import type { LevelConstraints, LoopConstraints } from "./level-constraints.js";

/**
 * The mapspace of a level of a target, from its constraints.
 *
 * A target says which dimensions may have loops at a level, in which order, along which axis, and with which factors.
 * What constraints say beyond that is told to `onNote`: least factors, and limits on columns and rows together, are
 * left free, so that the target's mapspace is the larger one; an order that is partly open is closed in the order of
 * the problem, so that it is the smaller one.
 *
 * @param taken What constraints give whole to the loops of a level (`P=0` in Timeloop's files): none of it is left for
 * the others.
 * @throws LoopnestError `input` if the architecture has no such level.
 */
export function levelSpace(
  constraints: LevelConstraints,
  architecture: Architecture,
  problem: Problem,
  { taken = [], onNote = () => {} }: NoteOptions & { readonly taken?: readonly TakenWhole[] } = {},
): LevelSpace {
  const dims = Object.keys(problem.dims);
  const l = architecture.levels.findIndex((level) => level.name === constraints.level);
  if (l < 0) {
    const names = architecture.levels.map((level) => level.name).join(", ");
    throw new LoopnestError({
      code: "input",
      problem: `unknown level ${constraints.level}`,
      fix: `the levels are ${names}`,
    });
  }
  const { x, y } = fanOut(architecture, l);
  const isTaken = (kind: LoopKind, dim: string) =>
    taken.some((other) => other.dim === dim && (other.level !== constraints.level || other.kind !== kind));
  const free = (kind: LoopKind) =>
    freeDims(constraints[kind], dims).filter((dim) => isFixed(constraints[kind], dim) || !isTaken(kind, dim));
  const temporal = free("temporal");
  const loops = {
    temporal: temporal.length === dims.length ? ("all" as const) : temporal,
    order: orderOf(constraints, temporal, problem.dims, onNote),
    ...axesOf(constraints, x * y === 1 ? [] : free("spatial"), { x, y, count: dims.length }, onNote),
  };
  const factors = factorLimits(constraints, loops, problem, x * y, onNote);
  return factors.length === 0 ? loops : { ...loops, factors };
}

type LoopKind = "temporal" | "spatial";

/** A dimension that the loops of a level take whole. */
export interface TakenWhole {
  readonly dim: string;
  readonly level: string;
  readonly kind: LoopKind;
}

/** Whether the loops have to have a part of a dimension, or all of it. */
function isFixed({ factors }: LoopConstraints, dim: string): boolean {
  const factor = factors[dim];
  return factor === "all" || (factor ?? 0) > 1;
}

/** What constraints give whole to the loops of a level: by a factor of 0, or by that of the bound. */
export function takenWhole(constraints: LevelConstraints, problem: Problem): TakenWhole[] {
  return (["temporal", "spatial"] as const).flatMap((kind) =>
    Object.entries(constraints[kind].factors)
      .filter(([dim, factor]) => factor === "all" || (factor > 1 && factor === problem.dims[dim]))
      .map(([dim]) => ({ dim, level: constraints.level, kind })),
  );
}

/** Dimensions that may have loops; a factor of 1 takes one out. */
function freeDims({ factors, maxFactors }: LoopConstraints, dims: readonly string[]): string[] {
  return dims.filter((dim) => factors[dim] !== 1 && maxFactors[dim] !== 1);
}

function orderOf(
  constraints: LevelConstraints,
  dims: readonly string[],
  bounds: Problem["dims"],
  onNote: (note: Note) => void,
): LevelSpace["order"] {
  const given = constraints.temporal.order;
  if (given === null || dims.length < 2) return "any";
  // What Timeloop's front end adds to a file with a permutation of one unit dimension orders nothing.
  const listed = given.filter((dim) => bounds[dim] !== 1);
  const open = dims.filter((dim) => !listed.includes(dim) && bounds[dim] !== 1);
  if (!dims.some((dim) => listed.includes(dim))) return "any";
  if (open.length > 1) {
    const problem = `the permutation leaves the order of ${open.join(", ")} open: a target keeps to this one`;
    noteUnheld(constraints, "temporal", problem, onNote);
  }
  return [...given.filter((dim) => dims.includes(dim)), ...open.filter((dim) => !given.includes(dim))];
}

function axesOf(
  constraints: LevelConstraints,
  dims: readonly string[],
  { x, y, count }: { x: number; y: number; count: number },
  onNote: (note: Note) => void,
): Pick<LevelSpace, "spatialX" | "spatialY"> {
  const { split, order } = constraints.spatial;
  const listed = order ?? [];
  // Dimensions that the order leaves out follow it, in any order.
  const open = dims.filter((dim) => !listed.includes(dim));
  const closed = split !== null && (split <= listed.length || split >= count || open.length === 0);
  if (!closed && x > 1 && y > 1 && dims.length > 0) {
    const either = split === null ? dims : open;
    noteUnheld(constraints, "spatial", `the axis of ${either.join(", ")} is open: both are allowed`, onNote);
  }
  const place = (dim: string) => (listed.includes(dim) ? listed.indexOf(dim) : listed.length);
  const isOpen = (dim: string) => split === null || (!closed && open.includes(dim));
  return {
    spatialX: x > 1 ? dims.filter((dim) => isOpen(dim) || place(dim) < split!) : [],
    spatialY: y > 1 ? dims.filter((dim) => isOpen(dim) || place(dim) >= split!) : [],
  };
}
