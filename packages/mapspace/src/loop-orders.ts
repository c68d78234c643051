import type { Mapspace } from "./mapspace.js";

/**
 * The loop orders of a level among which a search chooses: for every dimension d that may be innermost, and every tensor that does
 * not depend on d, that tensor's irrelevant dimensions innermost (d first), then all others.
 *
 * Temporal reuse depends on the order through two things only (accidental coincidences of steps aside): how many irrelevant loops
 * stand contiguously innermost, which keep a tensor in place, and which loop is innermost of all, along which a sliding window
 * reuses its halo. Having all irrelevant loops of one tensor innermost is never worse than having some.
 *
 * @returns Orders as lists of slots, innermost first; a single empty order for a level without temporal loops.
 */
export function loopOrders(space: Mapspace, level: number): number[][] {
  const { shape, slots } = space;
  const own = slots.flatMap((slot, i) => (slot.level === level && slot.kind === "temporal" ? [i] : []));
  if (!space.freeOrder.includes(level)) return [own];
  const windowed = shape.windowed.reduce((bits, mask) => bits | mask, 0);
  const seen = new Set<string>();
  const orders: number[][] = [];
  const add = (order: number[], key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    orders.push(order);
  };
  for (const innermost of own) {
    const d = slots[innermost]!.dim;
    const slides = ((windowed >> d) & 1) === 1;
    let stays = false;
    for (let t = 0; t < shape.tensorCount; t++) {
      if ((shape.relevant[t]! >> d) & 1) continue;
      stays = true;
      const staying = own.filter((slot) => slot !== innermost && !((shape.relevant[t]! >> slots[slot]!.dim) & 1));
      const others = own.filter((slot) => slot !== innermost && !staying.includes(slot));
      // Without a window along d it does not matter which irrelevant loop comes first.
      add([innermost, ...staying, ...others], slides ? `${t}:${d}` : `${t}`);
    }
    if (!stays) add([innermost, ...own.filter((slot) => slot !== innermost)], slides ? `none:${d}` : "none");
  }
  return orders.length === 0 ? [own] : orders;
}
