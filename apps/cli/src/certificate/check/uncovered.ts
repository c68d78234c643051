import type { HardwareBox } from "./hardware-grid.js";

/** A part of a box that none of some boxes covers; `null` if they cover it all. */
export function uncovered(whole: HardwareBox, boxes: readonly HardwareBox[]): HardwareBox | null {
  const near = boxes.filter((box) => whole.low.every((low, s) => box.low[s]! <= whole.high[s]! && box.high[s]! >= low));
  const [first] = near;
  if (first === undefined) return whole;
  // What sticks out of the first box, side by side, is for the others.
  let { low, high } = whole;
  for (let s = 0; s < low.length; s++) {
    for (const side of [
      { from: low[s]!, to: first.low[s]! - 1 },
      { from: first.high[s]! + 1, to: high[s]! },
    ]) {
      if (side.from > side.to) continue;
      const part = { low: replaced(low, s, side.from), high: replaced(high, s, side.to) };
      const left = uncovered(part, near.slice(1));
      if (left !== null) return left;
    }
    low = replaced(low, s, Math.max(low[s]!, first.low[s]!));
    high = replaced(high, s, Math.min(high[s]!, first.high[s]!));
  }
  return null;
}

function replaced(list: readonly number[], s: number, value: number): readonly number[] {
  return list.map((own, i) => (i === s ? value : own));
}
