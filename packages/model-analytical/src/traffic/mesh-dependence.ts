import type { Counts, Mapspace } from "@loopnest/mapspace";

/**
 * Whether any mapping of a mapspace may have counts that depend on the machine's meshes, that is, whether neighbours
 * may ever hand tiles over (R6). Says so when in doubt. They never do at a level
 *
 * - without spatial loops;
 * - of tensor t, if all its spatial loops move t and none unrolls a window: no two children hold the same tile, and a
 *   step's translation is either 0 or reaches beyond all of them;
 * - not the innermost, as counted today, if no spatial loop unrolls a window: hand-over then needs a step that leaves
 *   tiles in place, and such steps fetch nothing;
 * - not the innermost, in 2022, if t has no window at all: such steps cost nothing either;
 * - not the innermost, in 2022, if the level inside does not keep t and there is a single spatial loop, which does not
 *   move t: all children hold the same tile, so in a step either all are served or none, which leaves the sharing, all
 *   that counts there, as it was.
 */
export function meshDependent(space: Mapspace, counts: Counts): boolean {
  const { target, shape, slots } = space;
  const keeps = space.nest().keeps;
  for (let l = 0; l < target.levels.length; l++) {
    const dims = slots.filter((slot) => slot.level === l && slot.kind !== "temporal").map((slot) => slot.dim);
    if (dims.length === 0) continue;
    const isMac = l === target.levels.length - 1;
    for (let t = 0; t < shape.tensorCount; t++) {
      const bit = (bits: number, d: number) => ((bits >> d) & 1) === 1;
      const slides = dims.some((d) => bit(shape.windowed[t]!, d));
      const allMove = dims.every((d) => bit(shape.relevant[t]!, d));
      if (!slides && allMove) continue;
      if (isMac || slides) return true;
      if (counts === "timeloop-2025" || shape.windowed[t] === 0) continue;
      const childKeeps = bit(keeps[l + 1]!, t);
      if (!childKeeps && dims.length === 1) continue;
      return true;
    }
  }
  return false;
}
