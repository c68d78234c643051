import type { LoopNest, Mapspace } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { cellLoops, type FreeLoops, scanInside, seeFreeLoops, seeOuterLoops } from "./cell-loops.js";
import { coincidences } from "./coincidence.js";
import { advance, DONE, FRESH, MOVED, reuseScan, STILL } from "./reuse-scan.js";

/**
 * What the cells still hope for while the loops of one free-order level are placed, innermost first: which loops are
 * worth trying next. See `sufficientOrders` for the rules.
 */
export interface ReuseOutlook {
  /** Starts a nest with the loops of the level, and the loops around them as they stand. */
  enter(nest: LoopNest, loops: FreeLoops): void;
  /** Which of the loops `left` (bits) to try at a position; 0 if their order changes nothing. */
  choices(position: number, left: number): number;
  /** Places a loop at a position. */
  place(position: number, loop: number): void;
}

/** The outlook of the free-order level `level`, its loops not placed yet. */
export function reuseOutlook(space: Mapspace, state: NestState, level: number): ReuseOutlook {
  const { counts, shape } = state;
  const isTemporal = space.slots.map((slot) => slot.kind === "temporal");
  const loops = cellLoops(space, level);
  const { capacity, moving, windows, step, rank, kept, all } = loops;
  const width = loops.cells.length;
  /** Entry `position * width + c`: what the loops before that position have left of cell c. */
  const scan = reuseScan(counts, (capacity + 1) * width);
  const { status } = scan;
  const coincide = coincidences(loops, scan, shape.rankStart[shape.tensorCount]!);

  /** Whether the order of the loops left changes what a cell reuses. */
  function hopes(c: number, entry: number, left: number): boolean {
    const movers = left & moving[c]!;
    const others = left & ~moving[c]!;
    if (status[entry] === DONE) return false;
    if (status[entry] === MOVED) return coincide.may(c, entry, left);
    if (movers === 0) return false;
    if (others !== 0) return true;
    if ((left & windows[c]!) === 0) return false;
    return status[entry] === FRESH || coincide.may(c, entry, left);
  }

  /**
   * Whether a cell that hopes is stationary: a loop that does not move it costs it nothing (today whatever windows
   * there are).
   */
  function isStationary(c: number, entry: number, left: number): boolean {
    if (status[entry] !== FRESH) return status[entry] === STILL;
    return counts === "timeloop-2025" || (left & windows[c]!) === 0;
  }

  /** The loops left, without those that another one covers (rules 2 and 3). */
  function uncovered(base: number, left: number): number {
    let uncoveredLoops = left;
    for (let a = 0; left >> a !== 0; a++) {
      for (let b = 0; left >> b !== 0 && ((left >> a) & 1) === 1; b++) {
        if (a === b || ((uncoveredLoops >> b) & 1) === 0) continue;
        if (covers(base, left, a, b)) {
          uncoveredLoops &= ~(1 << a);
          break;
        }
      }
    }
    return uncoveredLoops;
  }

  function covers(base: number, left: number, a: number, b: number): boolean {
    for (let c = 0; c < width; c++) {
      if (!hopes(c, base + c, left)) continue;
      const moves = (moving[c]! >> a) & 1;
      if (moves !== ((moving[c]! >> b) & 1)) return false;
      if (moves === 1 && ((windows[c]! >> a) & 1) === 1 && !slidesBetter(c, base + c, left, a, b)) return false;
    }
    return true;
  }

  /**
   * Whether a cell that has not moved reuses as much if loop b moves it first as if window a does, whatever comes
   * after.
   */
  function slidesBetter(c: number, entry: number, left: number, a: number, b: number): boolean {
    if (((windows[c]! >> b) & 1) === 0) return false;
    if (status[entry] === STILL) return !coincide.may(c, entry, left);
    for (const loop of [a, b]) {
      const cell = c * capacity + loop;
      if (coincide.afterFirst(c, rank[cell]!, step[cell]!, left & ~(1 << loop))) return false;
    }
    const [first, second] = [c * capacity + a, c * capacity + b];
    const worse = kept[first]! * all[second]!;
    const better = kept[second]! * all[first]!;
    return better >= worse && better <= Number.MAX_SAFE_INTEGER;
  }

  return {
    enter(nest, free) {
      for (let c = 0; c < width; c++) {
        scanInside(loops, scan, state, nest, c);
        seeFreeLoops(loops, state, c, free);
        seeOuterLoops(loops, state, nest, c, isTemporal);
      }
    },
    choices(position, left) {
      const base = position * width;
      /** Loops that move no hoping cell. */
      let idle = left;
      let anyHope = false;
      let stationary = true;
      let noneMoved = true;
      for (let c = 0; c < width; c++) {
        if (!hopes(c, base + c, left)) continue;
        anyHope = true;
        idle &= ~moving[c]!;
        if (status[base + c] === MOVED) noneMoved = false;
        if (!isStationary(c, base + c, left)) stationary = false;
      }
      if (!anyHope) return 0;
      if (stationary && idle !== 0) return idle & -idle;
      return noneMoved ? uncovered(base, left) : left;
    },
    place(position, loop) {
      for (let c = 0; c < width; c++) {
        const bit = 1 << loop;
        const from = position * width + c;
        const cell = c * capacity + loop;
        const window = (windows[c]! & bit) !== 0;
        advance(scan, from, from + width, (moving[c]! & bit) !== 0, window, step[cell]!, rank[cell]!);
      }
    },
  };
}
