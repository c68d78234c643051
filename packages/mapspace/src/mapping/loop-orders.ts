import type { Mapspace } from "./mapspace.js";

/**
 * The loop orders of a level among which a search chooses: one at least as good as any other is among them (accidental
 * coincidences of steps and hand-over between neighbours aside).
 *
 * Temporal reuse depends on the order through two things only: how many loops stand contiguously innermost that do not
 * move a tensor, and so keep its tile in place, and which loop is innermost of all, along which a sliding window reuses
 * its halo.
 *
 * So every dimension of a window may be innermost, and else every one that keeps the most tensors in place. From there
 * outwards come all loops that keep the same tensors in place, which never hurts; then a choice of those that go on
 * staying, with all loops that keep them in place; and so on until none does.
 *
 * @returns Orders as lists of slots, innermost first; a single empty order for a level without temporal loops.
 */
export function loopOrders(space: Mapspace, level: number): number[][] {
  const { shape, slots } = space;
  const own = slots.flatMap((slot, i) => (slot.level === level && slot.kind === "temporal" ? [i] : []));
  if (!space.freeOrder.includes(level)) return [own];
  const windowed = shape.windowed.reduce((bits, mask) => bits | mask, 0);
  const slides = (slot: number) => ((windowed >> slots[slot]!.dim) & 1) === 1;
  /** Tensors that a loop does not move, as bits. */
  const kept = new Map(own.map((slot) => [slot, tensorsKept(space, slots[slot]!.dim)]));
  const found = new Map<string, number[]>();

  /** Goes on outwards from `order`, under which `staying` tensors are still in place. */
  const extend = (order: readonly number[], staying: number, key: string) => {
    const left = own.filter((slot) => !order.includes(slot));
    const next = staying === 0 ? [] : left.filter((slot) => (kept.get(slot)! & staying) === staying);
    const inside = [...order, ...next];
    const others = left.filter((slot) => !next.includes(slot));
    const choices = maximal(others.map((slot) => kept.get(slot)! & staying));
    if (choices.length === 0 && !found.has(key)) found.set(key, [...inside, ...others]);
    for (const choice of choices) extend(inside, choice, `${key} ${choice}`);
  };

  const best = maximal([...kept.values()]);
  for (const slot of own) {
    const staying = kept.get(slot)!;
    // Without a window along it, a loop that keeps fewer tensors in place than another one is no better innermost.
    if (slides(slot)) extend([slot], staying, `slides ${slot}: ${staying}`);
    else if (best.length === 0 || best.includes(staying)) extend([slot], staying, `${staying}`);
  }
  return [...found.values()];
}

function tensorsKept({ shape }: Mapspace, dim: number): number {
  return shape.relevant.reduce((bits, relevant, t) => ((relevant >> dim) & 1 ? bits : bits | (1 << t)), 0);
}

/** The non-empty sets that no other one contains, each once. */
function maximal(sets: readonly number[]): number[] {
  const distinct = [...new Set(sets)].filter((set) => set !== 0);
  return distinct.filter((set) => !distinct.some((other) => other !== set && (other & set) === set));
}
