import { type Architecture, fanOut, type LevelSpace, LoopnestError, type Problem } from "@loopnest/mapspace";
import type { Note, NoteOptions } from "../yaml/note.js";
import type { LevelConstraints, LoopConstraints } from "./level-constraints.js";

/**
 * The mapspace of a level of a target, from its constraints.
 *
 * A target says which dimensions may have loops at a level, in which order, and along which axis. What constraints say
 * beyond that is told to `onNote`: factors that are fixed or limited are left free, so that the target's mapspace is
 * the larger one; an order that is partly open is closed in the order of the problem, so that it is the smaller one.
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
  const free = (kind: LoopKind, most: number) =>
    freeDims(constraints, kind, problem, most, onNote).filter(
      (dim) => isFixed(constraints[kind], dim) || !isTaken(kind, dim),
    );
  const temporal = free("temporal", Number.POSITIVE_INFINITY);
  return {
    temporal: temporal.length === dims.length ? "all" : temporal,
    order: orderOf(constraints, temporal, onNote),
    ...axesOf(constraints, x * y === 1 ? [] : free("spatial", x * y), { x, y, count: dims.length }, onNote),
  };
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

/**
 * Dimensions whose factor is free; a factor of 1 takes one out. A limit that the fan-out or the bound sets anyway is
 * none.
 */
function freeDims(
  constraints: LevelConstraints,
  kind: LoopKind,
  problem: Problem,
  fanOut: number,
  onNote: (note: Note) => void,
): string[] {
  const { factors, maxFactors, minFactors }: LoopConstraints = constraints[kind];
  const open: string[] = [];
  for (const [dim, bound] of Object.entries(problem.dims)) {
    const [fixed, most, least] = [factors[dim], maxFactors[dim], minFactors[dim]];
    if (fixed === 1 || most === 1) continue;
    open.push(dim);
    const whole = fixed === undefined || fixed === "all" || fixed === bound;
    if (!whole) note(constraints, kind, `${dim}=${fixed} is not held: the factor is free`, onNote);
    if (most !== undefined && most !== "all" && most < Math.min(bound, fanOut)) {
      note(constraints, kind, `${dim}<=${most} is not held: the factor is free`, onNote);
    }
    if (least !== undefined && least !== 1) {
      note(constraints, kind, `${dim}>=${least === "all" ? bound : least} is not held: the factor is free`, onNote);
    }
  }
  return open;
}

function orderOf(
  constraints: LevelConstraints,
  dims: readonly string[],
  onNote: (note: Note) => void,
): LevelSpace["order"] {
  const listed = constraints.temporal.order;
  if (listed === null || dims.length < 2) return "any";
  const open = dims.filter((dim) => !listed.includes(dim));
  if (open.length === dims.length) return "any";
  if (open.length > 1) {
    const problem = `the permutation leaves the order of ${open.join(", ")} open: a target keeps to this one`;
    note(constraints, "temporal", problem, onNote);
  }
  return [...listed.filter((dim) => dims.includes(dim)), ...open];
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
    note(constraints, "spatial", `the axis of ${either.join(", ")} is open: both are allowed`, onNote);
  }
  const place = (dim: string) => (listed.includes(dim) ? listed.indexOf(dim) : listed.length);
  const isOpen = (dim: string) => split === null || (!closed && open.includes(dim));
  return {
    spatialX: x > 1 ? dims.filter((dim) => isOpen(dim) || place(dim) < split!) : [],
    spatialY: y > 1 ? dims.filter((dim) => isOpen(dim) || place(dim) >= split!) : [],
  };
}

function note(
  { level, positions }: LevelConstraints,
  kind: LoopKind,
  what: string,
  onNote: (note: Note) => void,
): void {
  const position = positions[kind] ?? { line: 1, column: 1 };
  onNote({ problem: `${level}, ${kind}: ${what}`, position });
}
