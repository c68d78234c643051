import {
  type Architecture,
  emptyNest,
  fanOut,
  type LoopKind,
  type LoopNest,
  type Mapping,
  type Mapspace,
  type ProblemShape,
  type Slot,
} from "@loopnest/mapspace";

/** A place for a loop of a mapping, and whether a factor may be moved there. */
export interface OpenSlot extends Slot {
  readonly open: boolean;
}

/** A mapping as a nest with unit loops wherever a factor may be moved to. */
export interface SlotNest {
  readonly nest: LoopNest;
  /** Slot i is loop i of the nest. */
  readonly slots: readonly OpenSlot[];
  /** Levels whose temporal loops may be reordered. */
  readonly freeOrder: readonly number[];
}

/**
 * Lays out a mapping with all its loops, in their order, and further unit loops outside them: of every dimension at
 * every level in time, and over columns and rows where a level has several children.
 *
 * @param space If given, only loops that it has slots for are open, and levels of fixed order are in that order.
 */
export function slotNest(
  shape: ProblemShape,
  architecture: Architecture,
  mapping: Mapping,
  space: Mapspace | null,
): SlotNest {
  const freeOrder = architecture.levels.flatMap((_, l) =>
    space === null || space.target.levels[l]!.space.order === "any" ? [l] : [],
  );
  const slotOf = (level: number, kind: LoopKind, d: number): Slot | undefined => {
    const name = shape.dims[d]!;
    return space?.slots.find((s) => s.level === level && s.kind === kind && space.shape.dims[s.dim] === name);
  };
  const isOpen = (level: number, kind: LoopKind, d: number): boolean => {
    if (space !== null) return slotOf(level, kind, d) !== undefined;
    const { x, y } = fanOut(architecture, level);
    return kind === "temporal" || (kind === "X" ? x > 1 : y > 1);
  };
  const slots: OpenSlot[] = [];
  const factors: number[] = [];
  const levels = mapping.map((own, level) => {
    /** Dimensions of one kind of loop, innermost first: those that the mapping has, then the others that are open. */
    const lay = (kind: LoopKind, loops: readonly (readonly [dim: string, factor: number, ...rest: string[]])[]) => {
      const present = loops.map(([dim, factor]) => ({ d: shape.dims.indexOf(dim), factor })).reverse();
      const further = shape.dims.flatMap((_, d) =>
        present.every((loop) => loop.d !== d) && isOpen(level, kind, d) ? [{ d, factor: 1 }] : [],
      );
      const all = [...present, ...further];
      if (kind === "temporal" && space !== null && !freeOrder.includes(level)) sortAs(all, space, level, shape);
      return all;
    };
    const axis = (name: string) => own.spatial.filter((loop) => loop[2] === name);
    return { x: lay("X", axis("X")), y: lay("Y", axis("Y")), temporal: lay("temporal", own.temporal) };
  });
  for (let level = mapping.length - 1; level >= 0; level--) {
    const { x, y, temporal } = levels[level]!;
    for (const [kind, loops] of [
      ["X", x],
      ["Y", y],
      ["temporal", temporal],
    ] as const) {
      for (const { d, factor } of loops) {
        const limits = slotOf(level, kind, d)?.limits;
        slots.push({ level, kind, dim: d, open: isOpen(level, kind, d), ...(limits !== undefined && { limits }) });
        factors.push(factor);
      }
    }
  }
  const dims = (loops: readonly { d: number }[]) => loops.map(({ d }) => d);
  const nest = emptyNest(
    levels.map(({ x, y, temporal }, l) => ({
      x: dims(x),
      y: dims(y),
      temporal: dims(temporal),
      keeps: shape.problem.tensors.reduce(
        (bits, { name }, t) => (mapping[l]!.keeps.includes(name) ? bits | (1 << t) : bits),
        0,
      ),
    })),
  );
  nest.factor.set(factors);
  return { nest, slots, freeOrder };
}

/** Sorts the temporal loops of a level into the fixed order of a mapspace. */
function sortAs(loops: { d: number }[], space: Mapspace, level: number, shape: ProblemShape): void {
  const order = space.slots
    .filter((slot) => slot.level === level && slot.kind === "temporal")
    .map((slot) => shape.dims.indexOf(space.shape.dims[slot.dim]!));
  const place = (d: number) => (order.includes(d) ? order.indexOf(d) : order.length);
  loops.sort((a, b) => place(a.d) - place(b.d));
}
