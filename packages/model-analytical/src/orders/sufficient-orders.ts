import type { LoopNest, Mapspace } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { meshDependent } from "../traffic/mesh-dependence.js";
import { reuseOutlook } from "./reuse-outlook.js";

/**
 * Visits a sufficient set of loop orders of the levels that leave their order free: whatever the order, one of the set
 * has no count that is larger. Follows from R4 alone.
 *
 * The tile of a tensor inside a level (a cell) costs `F * N - (F - S) * G` words, with G the visits that reuse. Loops
 * are placed innermost first. After each, a cell
 *
 * - has no hope left: no order of the loops that are left changes G;
 * - is stationary: it has seen only loops that do not move it (or none, and has no window left): moving it ends its
 *   reuse;
 * - or has a window that may still reuse its halo (no loop so far), or meet an accidental equality (R4 d).
 *
 * As counted today a cell costs `F * V - (F - S) * G - F * Z`, with V the visits from the first loop that moves it
 * outwards and Z those that return to the same tile: loops inside cost nothing whatever moves it later, so that any
 * cell that has not moved is stationary.
 *
 * Three rules leave orders out.
 *
 * 1. If all cells with hope are stationary, a loop of factor n that moves none of them goes next. Moved in from
 *    elsewhere, it gains a cell (1 - 1/n) of the visits that begin with the loops left. What was reused inside its old
 *    place shrinks by 1/n, so the cell loses (1 - 1/n) of that, which are fewer visits. Today: every count inside its
 *    old place shrinks by 1/n, and its own steps, whole tiles, cease.
 * 2. Loop a is not tried if there is a loop b that moves the same ones of the cells with hope, and a settles those
 *    (moves them, not in a window), and no cell has moved. After a, b goes next by rule 1; and before a it costs
 *    nothing, but may reuse a halo.
 * 3. So it is if a and b both move a cell in windows, nothing can coincide (today: nor return) whichever comes first,
 *    and b keeps no less: of all whole tiles a first loop of factor n spares `(1 - 1/n) * (width - step) / width`, in
 *    the rank that it moves.
 *
 * Where neighbours hand tiles over, counts follow no such rule: all orders are visited.
 */
export function sufficientOrders(space: Mapspace, state: NestState): (nest: LoopNest, visit: () => void) => void {
  const { inside } = state;
  const capacity = space.slots.length;
  const every = meshDependent(space, state.counts);
  /** Innermost first, with the non-unit loops as they were found. */
  const free = [...space.freeOrder].reverse().map((level) => ({
    level,
    outlook: reuseOutlook(space, state, level),
    dims: new Int32Array(capacity),
    factors: new Float64Array(capacity),
    steps: new Float64Array(capacity),
    before: { dims: new Int32Array(capacity), factors: new Float64Array(capacity), steps: new Float64Array(capacity) },
  }));

  function order(nest: LoopNest, k: number, visit: () => void): void {
    if (k === free.length) {
      visit();
      return;
    }
    const { level, outlook, dims, factors, steps, before } = free[k]!;
    const from = nest.startTemporal[level]!;
    const to = nest.end[level]!;
    let count = 0;
    for (let i = from; i < to; i++) {
      before.dims[i] = nest.dim[i]!;
      before.factors[i] = nest.factor[i]!;
      before.steps[i] = inside[i]!;
      if (nest.factor[i] === 1) continue;
      dims[count] = nest.dim[i]!;
      factors[count] = nest.factor[i]!;
      steps[count++] = inside[i]!;
    }
    if (count <= 1) {
      order(nest, k + 1, visit);
      return;
    }
    for (let i = from + count; i < to; i++) nest.factor[i] = 1;
    if (!every) outlook.enter(nest, { dims, factors, steps, count });
    place(nest, k, 0, (1 << count) - 1, visit);
    for (let i = from; i < to; i++) {
      nest.dim[i] = before.dims[i]!;
      nest.factor[i] = before.factors[i]!;
      inside[i] = before.steps[i]!;
    }
  }

  function place(nest: LoopNest, k: number, position: number, left: number, visit: () => void): void {
    const { level, outlook, dims, factors, steps } = free[k]!;
    const i = nest.startTemporal[level]! + position;
    let choices = every ? left : outlook.choices(position, left);
    // Where no cell hopes, the first of the loops left will do: so it is with all that follow.
    const settled = choices === 0;
    if (settled) choices = left & -left;
    for (; choices !== 0; choices &= choices - 1) {
      const loop = 31 - Math.clz32(choices & -choices);
      nest.dim[i] = dims[loop]!;
      nest.factor[i] = factors[loop]!;
      inside[i] = steps[loop]!;
      if (!every) outlook.place(position, loop);
      const rest = left & ~(1 << loop);
      if (rest === 0) order(nest, k + 1, visit);
      else place(nest, k, position + 1, rest, visit);
    }
  }

  return (nest, visit) => order(nest, 0, visit);
}
