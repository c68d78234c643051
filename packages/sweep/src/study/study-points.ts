import { LoopnestError } from "@loopnest/mapspace";
import type { Point, PointField } from "./point.js";
import type { Exclusion, Span, Study } from "./study-schema.js";

/** Most points that a study may have. */
const MOST = 1_000_000;

/** A point, and where in the study it comes from: `axes`, or `points[2]`. */
export interface StudyPoint {
  readonly point: Point;
  readonly path: string;
  /** Fields that a point of its own gives by itself. */
  readonly own: readonly string[];
}

/**
 * The points of a study in their order: those of the axes, the last axis the fastest, then the others; without those
 * that are left out.
 *
 * @throws LoopnestError `input` for more than a million points, a point without a network, or an exclusion that leaves
 * out nothing.
 */
export function* studyPoints(study: Study): Generator<StudyPoint> {
  const { options = {}, points = [], exclude = [] } = study;
  const unused = new Set(exclude.keys());
  const isLeftOut = (point: Point) => {
    const matching = exclude.flatMap((exclusion, i) => (matches(exclusion, point) ? [i] : []));
    for (const i of matching) unused.delete(i);
    return matching.length > 0;
  };
  for (const values of grid(study)) {
    const point = whole({ ...options, ...values }, "axes");
    if (!isLeftOut(point)) yield { point, path: "axes", own: [] };
  }
  for (const [i, own] of points.entries()) {
    const path = `points[${i}]`;
    const point = whole({ ...options, ...own }, path);
    if (!isLeftOut(point)) yield { point, path, own: Object.keys(own) };
  }
  const [first] = unused;
  if (first !== undefined) {
    throw fault(`exclude[${first}]`, "it leaves out no point", "correct its values, or take it away");
  }
}

/** Number of points of a study's axes, before any are left out. */
export function gridSize({ axes }: Study): number {
  if (axes === undefined) return 0;
  return Object.values(axes).reduce((product, values) => product * axisValues(values as Values).length, 1);
}

type Values = readonly unknown[] | Span;

function* grid(study: Study): Generator<Partial<Point>> {
  const { axes } = study;
  if (axes === undefined) return;
  const size = gridSize(study);
  if (size > MOST) throw fault("axes", `they have ${size} points`, `have at most ${MOST}: split the study`);
  const entries = Object.entries(axes).map(([field, values]) => [field, axisValues(values as Values)] as const);
  for (let at = 0; at < size; at++) {
    const point: Record<string, unknown> = {};
    let rest = at;
    for (let i = entries.length - 1; i >= 0; i--) {
      const [field, values] = entries[i]!;
      point[field] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
    // In the order of the axes, so that a point reads like its study.
    yield Object.fromEntries(entries.map(([field]) => [field, point[field]]));
  }
}

function axisValues(values: Values): readonly unknown[] {
  if (!("from" in values)) return values;
  const { from, to, step = 1 } = values;
  const length = Math.floor((to - from) / step + 1e-9) + 1;
  return Array.from({ length }, (_, i) => from + i * step);
}

/**
 * Whether a point has, of every field that is named, the value or one of the values; of sizes, those that are named.
 */
function matches(exclusion: Exclusion, point: Point): boolean {
  return Object.entries(exclusion).every(([field, meant]) => {
    const own = point[field as PointField];
    const choices = Array.isArray(meant) ? meant : [meant];
    return choices.some((choice) => isSame(choice, own)) || (field === "workload" && isSame(meant, own));
  });
}

function isSame(meant: unknown, own: unknown): boolean {
  if (typeof meant === "object" && meant !== null && !Array.isArray(meant)) {
    const sizes = (own ?? {}) as Record<string, unknown>;
    return Object.entries(meant).every(([name, size]) => sizes[name] === size);
  }
  return JSON.stringify(meant) === JSON.stringify(own ?? null);
}

function whole(point: Partial<Point>, path: string): Point {
  if (point.workload !== undefined) return point as Point;
  throw fault(path, "workload is missing", "give networks: an axis workload, or workload in options");
}

function fault(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix });
}
