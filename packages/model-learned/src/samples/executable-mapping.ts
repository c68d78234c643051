import {
  checkLevels,
  LoopnestError,
  type Mapping,
  type Mapspace,
  type SpatialLoop,
  type TemporalLoop,
} from "@loopnest/mapspace";

/**
 * A mapping as the target's machine executes it, in its mapspace.
 *
 * A temporal loop at a level whose space has none for that dimension runs at the next outer level that has one, inside
 * that level's loops (a loop of P at a weight register is the innermost loop of P at the accumulator). Loops of a level
 * whose order is fixed stand in that order; a spatial loop goes along the axis that the level has.
 *
 * @throws LoopnestError `input` for a level or dimension that does not exist; `infeasible` for a loop that no level can
 * execute.
 */
export function executableMapping(space: Mapspace, mapping: Mapping): Mapping {
  const { target, shape, slots } = space;
  checkLevels(
    target.levels.map(({ name }) => name),
    mapping,
  );
  const temporal: Map<string, number>[] = target.levels.map(() => new Map());
  const spatial: SpatialLoop[][] = target.levels.map(() => []);
  const has = (level: number, dim: string, kinds: readonly string[]) =>
    slots.find((slot) => slot.level === level && shape.dims[slot.dim] === dim && kinds.includes(slot.kind));
  const fail = (path: string, dim: string, kind: string): never => {
    throw new LoopnestError({
      code: "infeasible",
      path,
      problem: `${target.name} has no level that can run this ${kind} loop of ${dim}`,
      fix: "move it to a level whose space allows it",
      dim,
    });
  };

  // Outermost first within a level, and inner levels after outer ones: what moves outwards lands inside what is there.
  mapping.forEach((level, l) => {
    level.temporal.forEach(([dim, factor]: TemporalLoop, i) => {
      if (factor === 1 || isUnit(space, dim, `mapping[${l}].temporal[${i}]`)) return;
      let to = l;
      while (to >= 0 && has(to, dim, ["temporal"]) === undefined) to--;
      if (to < 0) fail(`mapping[${l}].temporal[${i}]`, dim, "temporal");
      temporal[to]!.set(dim, (temporal[to]!.get(dim) ?? 1) * factor);
    });
    level.spatial.forEach(([dim, factor, axis], i) => {
      if (factor === 1 || isUnit(space, dim, `mapping[${l}].spatial[${i}]`)) return;
      const slot = has(l, dim, [axis]) ?? has(l, dim, ["X", "Y"]);
      if (slot === undefined) fail(`mapping[${l}].spatial[${i}]`, dim, "spatial");
      spatial[l]!.push([dim, factor, slot!.kind as "X" | "Y"]);
    });
  });

  return target.levels.map(({ name, keeps }, l) => {
    const loops = [...temporal[l]!];
    if (!space.freeOrder.includes(l)) {
      const position = (dim: string) =>
        slots.findIndex((slot) => slot.level === l && slot.kind === "temporal" && shape.dims[slot.dim] === dim);
      loops.sort(([a], [b]) => position(b) - position(a));
    }
    return { level: name, temporal: loops, spatial: spatial[l]!, keeps };
  });
}

/** Whether the problem knows a dimension only with bound 1. */
function isUnit({ problem, shape }: Mapspace, dim: string, path: string): boolean {
  if (shape.dims.includes(dim)) return false;
  if (Object.hasOwn(problem.dims, dim)) return true;
  throw new LoopnestError({
    code: "input",
    path,
    problem: `unknown dimension ${dim}`,
    fix: `use one of ${Object.keys(problem.dims).join(", ")}`,
    got: dim,
  });
}
