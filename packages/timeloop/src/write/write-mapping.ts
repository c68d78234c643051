import {
  type Architecture,
  fanOut,
  type LevelMapping,
  LoopnestError,
  type Mapping,
  type Problem,
} from "@loopnest/mapspace";
import { writeYaml } from "./write-yaml.js";

/**
 * Writes a mapping for Timeloop: for every level its kept tensors, its temporal loops and, where there is a fan-out,
 * its spatial loops, with all dimensions in every order.
 *
 * @throws LoopnestError `input` for levels that are not the architecture's or an unknown dimension; `unsupported` for a
 * dimension that a level has on both axes, or twice on one.
 */
export function writeMapping(mapping: Mapping, architecture: Architecture, problem: Problem): string {
  checkLevels(mapping, architecture);
  const dims = Object.keys(problem.dims);
  const every = problem.tensors.map((tensor) => tensor.name);
  return writeYaml({
    mapping: mapping.flatMap((level, l) => {
      const { x, y } = fanOut(architecture, l);
      const columns = axis(level, "X");
      const bypass = every.filter((tensor) => !level.keeps.includes(tensor));
      const spatial = {
        target: level.level,
        type: "spatial",
        ...loops([...columns, ...axis(level, "Y")], dims, `mapping[${l}].spatial`),
        split: columns.length,
      };
      return [
        { target: level.level, type: "datatype", keep: level.keeps, bypass },
        {
          target: level.level,
          type: "temporal",
          ...loops([...level.temporal].reverse(), dims, `mapping[${l}].temporal`),
        },
        ...(x * y > 1 || level.spatial.length > 0 ? [spatial] : []),
      ];
    }),
  });
}

/** @throws LoopnestError `input` if a mapping is not one for the levels of an architecture. */
export function checkLevels(mapping: Mapping, architecture: Architecture): void {
  const names = architecture.levels.map((level) => level.name);
  const got = mapping.map((level) => level.level);
  if (names.length === got.length && names.every((name, l) => name === got[l])) return;
  const fix = `list the architecture's levels, outermost first: ${names.join(", ")}`;
  throw new LoopnestError({ code: "input", path: "mapping", problem: `the levels are ${got.join(", ")}`, fix });
}

/** Spatial loops along an axis, innermost first. */
function axis(level: LevelMapping, name: "X" | "Y"): (readonly [string, number])[] {
  const loops = level.spatial.filter(([, factor, axis]) => axis === name && factor > 1);
  return loops.map(([dim, factor]) => [dim, factor] as const).reverse();
}

/** Factors and order of loops that come innermost first; unit loops go to the end. */
function loops(list: readonly (readonly [string, number])[], dims: readonly string[], path: string) {
  const factors = new Map<string, number>();
  for (const [dim, factor] of list) {
    if (factors.has(dim) || !dims.includes(dim)) {
      const unknown = !dims.includes(dim);
      throw new LoopnestError({
        code: unknown ? "input" : "unsupported",
        path,
        problem: unknown ? `unknown dimension ${dim}` : `${dim} has two loops`,
        fix: unknown
          ? `use one of ${dims.join(", ")}`
          : "Timeloop has one loop a dimension here: put the other at another level",
        dim,
      });
    }
    if (factor > 1) factors.set(dim, factor);
  }
  const order = [...factors.keys(), ...dims.filter((dim) => !factors.has(dim))];
  return { factors: dims.map((dim) => `${dim}=${factors.get(dim) ?? 1}`).join(" "), permutation: order.join("") };
}
