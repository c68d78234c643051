import { LoopnestError } from "../errors/loopnest-error.js";
import { isWithin } from "./factor-limits.js";
import type { LevelMapping, Mapping } from "./mapping.js";
import type { LoopKind, Mapspace } from "./mapspace.js";
import { checkLevels } from "./nest.js";
import { makeNestPoint, type NestPoint, reorder } from "./nest-point.js";

/**
 * The point of a mapspace that a mapping is: the way back from `unflatten`.
 *
 * @throws LoopnestError `input` if the levels are not the target's; `infeasible` if a level keeps other tensors than
 * the target's does, a loop has no slot or a factor beyond limits, or an order is not one that the level allows;
 * `factors` if the factors of a dimension do not multiply to its bound or to one it may be padded to.
 */
export function pointFromMapping(space: Mapspace, mapping: Mapping): NestPoint {
  const point = makeNestPoint(space);
  const { shape, slots, target } = space;
  checkLevels(
    target.levels.map((level) => level.name),
    mapping,
  );
  point.nest.factor.fill(1);
  mapping.forEach((levelMapping, level) => {
    checkKeeps(space, levelMapping, level);
    const slotAt = (dim: string, kind: LoopKind, path: string) => {
      const slot = slots.findIndex((s) => s.level === level && s.kind === kind && shape.dims[s.dim] === dim);
      if (slot >= 0) return slot;
      throw new LoopnestError({
        code: "infeasible",
        path: `mapping[${level}].${path}`,
        problem: `${target.name} cannot run a ${kind} loop of ${dim} at ${levelMapping.level}`,
        fix: "move it to a level whose space allows it",
        level: levelMapping.level,
        dim,
      });
    };
    levelMapping.spatial.forEach(([dim, factor, axis], i) => {
      if (factor > 1) point.nest.factor[point.loopOf[slotAt(dim, axis, `spatial[${i}]`)]!] = factor;
    });
    const own = slots.flatMap((slot, s) => (slot.level === level && slot.kind === "temporal" ? [s] : []));
    const named = levelMapping.temporal
      .map(([dim, factor], i) => ({ factor, slot: factor > 1 ? slotAt(dim, "temporal", `temporal[${i}]`) : -1 }))
      .filter(({ slot }) => slot >= 0)
      .reverse();
    for (const { slot, factor } of named) point.nest.factor[point.loopOf[slot]!] = factor;
    const order = named.map(({ slot }) => slot);
    if (space.freeOrder.includes(level)) {
      reorder(point, level, [...order, ...own.filter((slot) => !order.includes(slot))]);
    } else if (order.some((slot, i) => i > 0 && own.indexOf(slot) < own.indexOf(order[i - 1]!))) {
      throw new LoopnestError({
        code: "infeasible",
        path: `mapping[${level}].temporal`,
        problem: `the loop order of ${levelMapping.level} is fixed`,
        fix: `order its loops, outermost first: ${own
          .map((slot) => shape.dims[slots[slot]!.dim])
          .reverse()
          .join(", ")}`,
        level: levelMapping.level,
      });
    }
  });
  slots.forEach(({ limits, level, kind, dim: d }, slot) => {
    const factor = point.nest.factor[point.loopOf[slot]!]!;
    if (isWithin(limits, factor)) return;
    const [name, dim] = [target.levels[level]!.name, shape.dims[d]!];
    const { least, most } = limits!;
    throw new LoopnestError({
      code: "infeasible",
      path: `mapping[${level}].${kind === "temporal" ? "temporal" : "spatial"}`,
      problem: `${target.name} limits the ${kind} loop of ${dim} at ${name}: its factor is ${factor}`,
      fix: least === most ? `make it ${least}` : `choose one from ${least}${most < Infinity ? ` to ${most}` : ""}`,
      level: name,
      dim,
    });
  });
  space.slotsOf.forEach((own, d) => {
    const product = own.reduce((sum, slot) => sum * point.nest.factor[point.loopOf[slot]!]!, 1);
    const bounds = space.bounds[d]!;
    if (bounds.includes(product)) return;
    throw new LoopnestError({
      code: "factors",
      path: `problem.dims.${shape.dims[d]}`,
      problem: `the factors of ${shape.dims[d]} multiply to ${product}, its bound is ${shape.bounds[d]}`,
      fix: `choose factors that multiply to ${bounds.join(" or ")}`,
      dim: shape.dims[d]!,
      needed: shape.bounds[d]!,
      available: product,
    });
  });
  return point;
}

function checkKeeps({ shape, target }: Mapspace, { keeps, level }: LevelMapping, l: number): void {
  const tensors = shape.problem.tensors.map((tensor) => tensor.name);
  const wanted = tensors.filter((tensor) => target.levels[l]!.keeps.includes(tensor));
  if (wanted.length === keeps.length && wanted.every((tensor) => keeps.includes(tensor))) return;
  throw new LoopnestError({
    code: "infeasible",
    path: `mapping[${l}].keeps`,
    problem: `${level} of ${target.name} keeps ${wanted.join(", ") || "nothing"}`,
    fix: "keep the same tensors: bypass is not part of the mapspace",
    level,
    expected: wanted,
    got: keeps,
  });
}
