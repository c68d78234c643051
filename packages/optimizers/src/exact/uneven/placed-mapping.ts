import type { LayerModel, LevelMapping, Mapping, SpatialLoop } from "@loopnest/mapspace";
import type { PlacementEvent } from "./placement.js";
import type { PlacementPlan } from "./plan.js";

interface Entry {
  readonly keeps: Set<string>;
  /** Outermost first. */
  readonly temporal: Map<string, number>;
}

/**
 * The mapping that a placement describes: nodes without a loop between them are one.
 *
 * @param events From the outermost inwards.
 * @param alone Nodes that are an entry of their own, whatever stands beside it.
 */
export function placedMapping(
  { space }: LayerModel,
  plan: PlacementPlan,
  events: readonly PlacementEvent[],
  alone: readonly number[] = [],
): Mapping {
  const { shape, target, slots } = space;
  const names = shape.problem.tensors.map(({ name }) => name);
  const entries = target.levels.map((): Entry[] => []);
  const last = (level: number): Entry => {
    const own = entries[level]!;
    if (own.length === 0) own.push({ keeps: new Set(), temporal: new Map() });
    return own.at(-1)!;
  };
  let wasAlone = false;
  for (const [t, name] of names.entries()) if ((plan.nest.keeps[0]! >> t) & 1) last(0).keeps.add(name);
  for (const event of events) {
    if (event.kind === "node") {
      const { level, tensor } = plan.nodes[event.node]!;
      const isAlone = alone.includes(event.node);
      const begins = isAlone !== wasAlone;
      wasAlone = isAlone;
      if (entries[level]!.length > 0 && (begins || last(level).temporal.size > 0)) {
        entries[level]!.push({ keeps: new Set(), temporal: new Map() });
      }
      last(level).keeps.add(names[tensor]!);
    } else {
      // Two loops of one dimension are one where the inner one stands: what lies between then moves later, which costs
      // no more.
      const { temporal } = last(event.level);
      const dim = shape.dims[event.dim]!;
      const factor = (temporal.get(dim) ?? 1) * event.factor;
      temporal.delete(dim);
      temporal.set(dim, factor);
    }
  }
  return entries.flatMap((_, l): LevelMapping[] => {
    last(l);
    const spatial = (["Y", "X"] as const).flatMap((axis) =>
      slots.flatMap(({ kind, level, dim }, i): SpatialLoop[] => {
        const factor = plan.nest.factor[i]!;
        return kind === axis && level === l && factor > 1 ? [[shape.dims[dim]!, factor, axis]] : [];
      }),
    );
    return entries[l]!.map(({ keeps, temporal }, i) => ({
      level: target.levels[l]!.name,
      temporal: [...temporal],
      spatial: i === entries[l]!.length - 1 ? spatial : [],
      keeps: names.filter((name) => keeps.has(name)),
    }));
  });
}
