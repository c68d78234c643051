import type { FactorLimit, LevelSpace, Problem } from "@loopnest/mapspace";
import type { Note } from "../yaml/note.js";
import type { LevelConstraints } from "./level-constraints.js";

/** What is known of the loops of a level but for limits on their factors. */
type Loops = Omit<LevelSpace, "factors">;

/** Tells of a part of the constraints of a level that a target cannot hold. */
export function noteUnheld(
  { level, positions }: LevelConstraints,
  kind: "temporal" | "spatial",
  what: string,
  onNote: (note: Note) => void,
): void {
  onNote({ problem: `${level}, ${kind}: ${what}`, position: positions[kind] ?? { line: 1, column: 1 } });
}

/**
 * The limits on factors that constraints set (`K=8`, `K<=8`) on loops that a level may have. One that the fan-out or
 * the bound sets anyway is none; least factors, and limits on columns and rows together, are told to `onNote`.
 */
export function factorLimits(
  constraints: LevelConstraints,
  loops: Loops,
  { dims }: Problem,
  fanOut: number,
  onNote: (note: Note) => void,
): FactorLimit[] {
  return (["temporal", "spatial"] as const).flatMap((kind) => {
    const { factors, maxFactors, minFactors } = constraints[kind];
    return Object.entries(dims).flatMap(([dim, bound]): FactorLimit[] => {
      const [place, second] = placesOf(loops, kind, dim);
      if (place === undefined) return [];
      const [fixed, most, least] = [factors[dim], maxFactors[dim], minFactors[dim]];
      if (least !== undefined && least !== 1) {
        const text = `${dim}>=${least === "all" ? bound : least} is not held: the factor is free`;
        noteUnheld(constraints, kind, text, onNote);
      }
      const greatest = Math.min(bound, kind === "spatial" ? fanOut : bound);
      const limit =
        typeof fixed === "number" && fixed !== bound
          ? { least: fixed, most: fixed }
          : typeof most === "number" && most < greatest
            ? { most }
            : null;
      if (limit === null) return [];
      if (second === undefined) return [{ dim, kind: place, ...limit }];
      noteUnheld(constraints, kind, `${limitText({ dim, kind: place, ...limit })} ${OPEN}`, onNote);
      return [];
    });
  });
}

const OPEN = "is not held: over columns and rows together the factor is free";

/** A limit as constraints say it. */
function limitText({ dim, least, most }: FactorLimit): string {
  return least === most ? `${dim}=${most}` : `${dim}<=${most}`;
}

function placesOf({ temporal, spatialX, spatialY }: Loops, kind: string, dim: string): FactorLimit["kind"][] {
  if (kind === "temporal") return temporal === "all" || temporal.includes(dim) ? ["temporal"] : [];
  return [...(spatialX.includes(dim) ? (["X"] as const) : []), ...(spatialY.includes(dim) ? (["Y"] as const) : [])];
}

/** The loops of a dimension, outermost first, each with its level. */
function loopsOf(spaces: readonly LevelSpace[], dim: string): { level: number; kind: FactorLimit["kind"] }[] {
  return spaces.flatMap((space, level) =>
    [...placesOf(space, "temporal", dim), ...placesOf(space, "spatial", dim).reverse()].map((kind) => ({
      level,
      kind,
    })),
  );
}

/**
 * The spaces of all levels without limits on the outermost loop of a dimension: a target leaves it what the others do
 * not take. Where those are all fixed, that is what the limit says; where not, `onNote` is told.
 */
export function withFreeOutermost(
  spaces: readonly LevelSpace[],
  constraints: readonly LevelConstraints[],
  { dims }: Problem,
  onNote: (note: Note) => void,
): LevelSpace[] {
  const limitAt = ({ level, kind }: { level: number; kind: FactorLimit["kind"] }, dim: string) =>
    spaces[level]!.factors?.find((limit) => limit.dim === dim && limit.kind === kind);
  return spaces.map(({ factors, ...space }, level): LevelSpace => {
    const held = (factors ?? []).filter((limit) => {
      const [outermost, ...inner] = loopsOf(spaces, limit.dim);
      if (outermost!.level !== level || outermost!.kind !== limit.kind) return true;
      const taken = inner.reduce((product, loop) => {
        const { least, most = Number.NaN } = limitAt(loop, limit.dim) ?? {};
        return product * (least === most ? most : Number.NaN);
      }, 1);
      if (limit.least !== limit.most || taken * limit.most! !== dims[limit.dim]) {
        const kind = limit.kind === "temporal" ? "temporal" : "spatial";
        const text = `${limitText(limit)} is not held: the outermost loop takes what the others leave`;
        noteUnheld(constraints[level]!, kind, text, onNote);
      }
      return false;
    });
    return held.length === 0 ? space : { ...space, factors: held };
  });
}
