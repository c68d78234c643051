import type { Mapspace } from "./mapspace.js";

/**
 * The loop orders of a level among which a search chooses: whatever the tiling and the counts, one at least as good as
 * any other is among them (accidental coincidences of steps and hand-over between neighbours aside).
 *
 * Temporal reuse depends on the order through two things only: which loops stand inside the first that moves a tensor,
 * and so keep its tile in place, and whether that first one slides a window, along which the tile reuses its halo (in
 * 2022 only if it is innermost of all).
 *
 * So from the innermost loop outwards, of the tensors still in place: a loop that slides a window of theirs may come
 * next, and else one that keeps no fewer of them in place than any other. With it come all loops that keep the same
 * tensors in place, which never hurts; and so on until none stays.
 *
 * @returns Orders as lists of slots, innermost first; a single empty order for a level without temporal loops.
 */
export function loopOrders(space: Mapspace, level: number): number[][] {
  const { shape, slots } = space;
  const own = slots.flatMap((slot, i) => (slot.level === level && slot.kind === "temporal" ? [i] : []));
  if (!space.freeOrder.includes(level)) return [own];
  /** Tensors that a loop moves, and those it moves in a window, as bits. */
  const moved = new Map(own.map((slot) => [slot, tensorsOf(shape.relevant, slots[slot]!.dim)]));
  const slid = new Map(own.map((slot) => [slot, tensorsOf(shape.windowed, slots[slot]!.dim)]));
  const found: number[][] = [];

  /** Goes on outwards from `order`, under which `staying` tensors are still in place. */
  const extend = (order: readonly number[], staying: number) => {
    const left = own.filter((slot) => !order.includes(slot));
    if (staying === 0 || left.length === 0) {
      found.push([...order, ...left]);
      return;
    }
    const slides = (slot: number) => (slid.get(slot)! & staying) !== 0;
    const moves = (slot: number) => moved.get(slot)! & staying;
    /** Whether b stands in for a, which slides nothing: it moves the same tensors or fewer. */
    const covers = (b: number, a: number) =>
      (moves(b) & ~moves(a)) === 0 && (moves(b) !== moves(a) || slides(b) || b < a);
    for (const slot of left) {
      if (!slides(slot) && left.some((other) => other !== slot && covers(other, slot))) continue;
      const rest = staying & ~moves(slot);
      const along = left.filter((other) => other !== slot && (moved.get(other)! & rest) === 0);
      extend([...order, slot, ...(rest === 0 ? [] : along)], rest);
    }
  };

  extend([], (1 << shape.tensorCount) - 1);
  return found;
}

/** The tensors in whose mask of dimensions a dimension is, as bits. */
function tensorsOf(masks: Int32Array, dim: number): number {
  return masks.reduce((bits, mask, t) => ((mask >> dim) & 1 ? bits | (1 << t) : bits), 0);
}
