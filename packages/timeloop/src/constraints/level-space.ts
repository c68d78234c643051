import { type Architecture, fanOut, type LevelSpace, LoopnestError, type Problem } from "@loopnest/mapspace";
import type { LevelConstraints, LoopConstraints } from "./level-constraints.js";

/**
 * The mapspace of a level of a target, from its constraints.
 *
 * A target says which dimensions may have loops at a level, in which order, and along which axis; constraints can also fix or
 * limit factors, and leave part of an order or the axis open.
 *
 * @throws LoopnestError `unsupported` with file and line at a constraint that a target cannot say.
 */
export function levelSpace(constraints: LevelConstraints, architecture: Architecture, problem: Problem): LevelSpace {
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
  const temporal = free(constraints, "temporal", dims, Number.POSITIVE_INFINITY);
  return {
    temporal: temporal.length === dims.length ? "all" : temporal,
    order: order(constraints, temporal),
    ...axes(constraints, free(constraints, "spatial", dims, x * y), { x, y, count: dims.length }),
  };
}

type LoopKind = "temporal" | "spatial";

/** Dimensions whose factor is free; a factor of 1 takes one out. A limit that the fan-out sets anyway is none. */
function free(constraints: LevelConstraints, kind: LoopKind, dims: readonly string[], fanOut: number): string[] {
  const { factors, maxFactors, minFactors }: LoopConstraints = constraints[kind];
  if (fanOut === 1) return [];
  const limits = Object.entries(maxFactors).filter(([, most]) => most !== "all" && most !== 1 && most < fanOut);
  const fixed = Object.entries(factors).filter(([, factor]) => factor !== 1);
  const least = Object.entries(minFactors).filter(([, factor]) => factor !== 1);
  for (const [list, what] of [
    [fixed, "="],
    [limits, "<="],
    [least, ">="],
  ] as const) {
    const [first] = list;
    if (first !== undefined)
      refuse(
        constraints,
        kind,
        `${first[0]}${what}${first[1] === "all" ? 0 : first[1]}`,
        "hold a factor to 1, or leave it free",
      );
  }
  return dims.filter((dim) => factors[dim] !== 1 && maxFactors[dim] !== 1);
}

function order(constraints: LevelConstraints, dims: readonly string[]): LevelSpace["order"] {
  const listed = constraints.temporal.order;
  if (listed === null || dims.length < 2) return "any";
  const open = dims.filter((dim) => !listed.includes(dim));
  if (open.length === dims.length) return "any";
  if (open.length > 1)
    refuse(constraints, "temporal", `that the order of ${open.join(", ")} is open`, "order all dimensions, or none");
  return [...listed.filter((dim) => dims.includes(dim)), ...open];
}

function axes(
  constraints: LevelConstraints,
  dims: readonly string[],
  { x, y, count }: { x: number; y: number; count: number },
): Pick<LevelSpace, "spatialX" | "spatialY"> {
  const { split, order } = constraints.spatial;
  if (split === null) {
    if (x > 1 && y > 1 && dims.length > 0) {
      refuse(constraints, "spatial", "that the split between columns and rows is open", "give a split");
    }
    return { spatialX: x > 1 ? dims : [], spatialY: y > 1 ? dims : [] };
  }
  // Dimensions that the order leaves out follow it, in any order.
  const listed = order ?? [];
  const open = dims.filter((dim) => !listed.includes(dim));
  if (open.length > 0 && split > listed.length && split < count) {
    refuse(constraints, "spatial", `that the axis of ${open.join(", ")} is open`, "list them in the permutation");
  }
  const inColumns = (dim: string) => (listed.includes(dim) ? listed.indexOf(dim) : listed.length) < split;
  return {
    spatialX: x > 1 ? dims.filter(inColumns) : [],
    spatialY: y > 1 ? dims.filter((dim) => !inColumns(dim)) : [],
  };
}

function refuse(constraints: LevelConstraints, kind: LoopKind, what: string, fix: string): never {
  const { level, positions } = constraints;
  const position = positions[kind];
  throw new LoopnestError({
    code: "unsupported",
    problem: `${level}, ${kind}: a target cannot say ${what}`,
    fix,
    level,
    ...(position === undefined ? {} : { position }),
  });
}
