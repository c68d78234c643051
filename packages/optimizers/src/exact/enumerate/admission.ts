import type { Needs } from "@loopnest/mapspace";
import type { HardwareSpace } from "../space/hardware-space.js";

/** The arrays on which the spatial loops of a mapping find room. */
export type ArrayClass = ReadonlySet<number>;

/** Says which of the given arrays have room for a mapping; equal answers are the same object. */
export function makeAdmission(space: HardwareSpace, arrays: readonly number[]): (needs: Needs) => ArrayClass {
  const levels = space.compiled.levels.map((_, l) => l);
  const classes = new Map<string, ArrayClass>();
  const byNeeds = new Map<string, ArrayClass>();
  const rooms = new Map(arrays.map((a) => [a, levels.map((l) => space.fanOut(a, l))]));
  let lastKey = "";
  let last: ArrayClass = new Set();
  return (needs) => {
    const key = `${needs.x.join()};${needs.y.join()}`;
    if (key === lastKey) return last;
    let found = byNeeds.get(key);
    if (found === undefined) {
      const fitting = arrays.filter((a) => rooms.get(a)!.every(({ x, y }, l) => needs.x[l]! <= x && needs.y[l]! <= y));
      const name = fitting.join();
      found = classes.get(name) ?? new Set(fitting);
      classes.set(name, found);
      byNeeds.set(key, found);
    }
    lastKey = key;
    last = found;
    return found;
  };
}
