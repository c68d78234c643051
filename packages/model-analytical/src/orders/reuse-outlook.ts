import type { LoopNest, Mapspace } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { rankExtent } from "../state/tile.js";

/** A tensor and the level that serves the tile inside it: where R4 counts. */
interface ReuseCell {
  readonly t: number;
  readonly l: number;
}

/** What has happened to a cell: no loop; only loops that do not move it; it moved in one rank, a window; nothing can reuse any more. */
const FRESH = 0;
const STILL = 1;
const MOVED = 2;
const DONE = 3;

/**
 * What the cells still hope for while the loops of one free-order level are placed, innermost first: which loops are worth
 * trying next. See `sufficientOrders` for the rules.
 */
export interface ReuseOutlook {
  /**
   * Starts a nest: loops of the level by dimension, factor and step (in units of the dimension), and the loops around them as they
   * stand.
   */
  enter(nest: LoopNest, dims: Int32Array, factors: Float64Array, steps: Float64Array, count: number): void;
  /** Which of the loops `left` (bits) to try at a position; 0 if their order changes nothing. */
  choices(position: number, left: number): number;
  /** Places a loop at a position. */
  place(position: number, loop: number): void;
}

/** The outlook of the free-order level `level`, its loops not placed yet. */
export function reuseOutlook(space: Mapspace, state: NestState, level: number): ReuseOutlook {
  const { shape, slots } = space;
  const { inside } = state;
  const isTemporal = slots.map((slot) => slot.kind === "temporal");
  const { dimCount, relevant, windowed, rankOf, coefficientOf } = shape;
  const { extent, tileRow } = state;
  const cells = reuseCells(space).filter((cell) => cell.l >= level);
  const capacity = slots.length;
  /** Per cell: bits of the level's loops that move its tile, and of those that move it in a window. */
  const moving = new Int32Array(cells.length);
  const windows = new Int32Array(cells.length);
  const step = new Float64Array(cells.length * capacity);
  const rank = new Int32Array(cells.length * capacity);
  /** Of a window: words of one row of the tile that a step keeps, times the steps; and all words of that row, times the loop's factor. */
  const kept = new Float64Array(cells.length * capacity);
  const all = new Float64Array(cells.length * capacity);
  /** Per position and cell: what the loops before that position have left. */
  const width = cells.length;
  const status = new Uint8Array((capacity + 1) * width);
  const firstStep = new Float64Array((capacity + 1) * width);
  const moved = new Float64Array((capacity + 1) * width);
  const movedRank = new Int32Array((capacity + 1) * width);
  /** Windowed loops of the levels outside, per cell. */
  const outerStep = new Float64Array(cells.length * capacity);
  const outerRank = new Int32Array(cells.length * capacity);
  const outerCount = new Int32Array(cells.length);
  const rankCount = shape.rankStart[shape.tensorCount]!;
  /** Steps in one rank. */
  const together = new Float64Array(capacity);

  /** Writes to entry `to` what a loop makes of entry `from`: R4's scan, as in `temporalReuse`. */
  function advance(from: number, to: number, moves: boolean, window: boolean, by: number, inRank: number): void {
    status[to] = status[from]!;
    firstStep[to] = firstStep[from]!;
    moved[to] = moved[from]!;
    movedRank[to] = movedRank[from]!;
    if (status[from] === DONE) return;
    if (!moves) {
      if (status[from] === FRESH) status[to] = STILL;
      return;
    }
    if (!window || (status[from] === MOVED && movedRank[from] !== inRank)) {
      status[to] = DONE;
      return;
    }
    if (status[from] === FRESH) firstStep[to] = by;
    status[to] = MOVED;
    moved[to] = moved[from]! + by;
    movedRank[to] = inRank;
  }

  /** Whether some order of the windowed loops in `left` and outside makes a step equal the first one (R4 d). */
  function mayCoincide(c: number, entry: number, left: number): boolean {
    if ((left & windows[c]!) === 0 && outerCount[c] === 0) return false;
    if (status[entry] === MOVED) return coincides(c, movedRank[entry]!, moved[entry]! + firstStep[entry]!, left);
    for (let r = 0; r < rankCount; r++) if (coincides(c, r, 0, left)) return true;
    return false;
  }

  /** Whether, in a rank, the step of one loop of `left` or outside may equal `before` plus steps of some others. */
  function coincides(c: number, inRank: number, before: number, left: number): boolean {
    let count = 0;
    for (let rest = left & windows[c]!; rest !== 0; rest &= rest - 1) {
      const cell = c * capacity + 31 - Math.clz32(rest & -rest);
      if (rank[cell] === inRank) together[count++] = step[cell]!;
    }
    for (let i = 0; i < outerCount[c]!; i++) {
      if (outerRank[c * capacity + i] === inRank) together[count++] = outerStep[c * capacity + i]!;
    }
    for (let j = 0; j < count; j++) if (isSum(together[j]! - before, j, 0, count)) return true;
    return false;
  }

  /** Whether some of the steps together, perhaps none, from number `from` on and without number `j`, add up to `sum`. */
  function isSum(sum: number, j: number, from: number, count: number): boolean {
    if (sum === 0) return true;
    for (let i = from; i < count && sum > 0; i++) {
      if (i !== j && isSum(sum - together[i]!, j, i + 1, count)) return true;
    }
    return false;
  }

  /** Whether the order of the loops left changes what a cell reuses. */
  function hopes(c: number, entry: number, left: number): boolean {
    const movers = left & moving[c]!;
    const others = left & ~moving[c]!;
    if (status[entry] === DONE) return false;
    if (status[entry] === MOVED) return mayCoincide(c, entry, left);
    if (movers === 0) return false;
    if (others !== 0) return true;
    if ((left & windows[c]!) === 0) return false;
    return status[entry] === FRESH || mayCoincide(c, entry, left);
  }

  return {
    enter(nest, dims, factors, steps, count) {
      for (let c = 0; c < width; c++) {
        const { t, l } = cells[c]!;
        const own = t * dimCount;
        status[c] = FRESH;
        firstStep[c] = 0;
        moved[c] = 0;
        for (let inner = l; inner > level; inner--) {
          for (let i = nest.startTemporal[inner]!; i < nest.end[inner]! && status[c] !== DONE; i++) {
            if (nest.factor[i] === 1) continue;
            const d = nest.dim[i]!;
            const moves = ((relevant[t]! >> d) & 1) === 1;
            const by = coefficientOf[own + d]! * inside[i]!;
            advance(c, c, moves, ((windowed[t]! >> d) & 1) === 1, by, rankOf[own + d]!);
          }
        }
        moving[c] = 0;
        windows[c] = 0;
        for (let loop = 0; loop < count; loop++) {
          const d = dims[loop]!;
          moving[c]! |= ((relevant[t]! >> d) & 1) << loop;
          windows[c]! |= ((windowed[t]! >> d) & 1) << loop;
          const cell = c * capacity + loop;
          step[cell] = coefficientOf[own + d]! * steps[loop]!;
          rank[cell] = rankOf[own + d]!;
          if (((windowed[t]! >> d) & 1) === 0) continue;
          const row = rankExtent(shape, rank[cell]!, extent, tileRow[l + 1]!);
          kept[cell] = (factors[loop]! - 1) * Math.max(0, row - step[cell]!);
          all[cell] = factors[loop]! * row;
        }
        let outer = 0;
        for (let i = nest.end[level]!; i < nest.dim.length && windowed[t] !== 0; i++) {
          const d = nest.dim[i]!;
          // Outside, loops that unroll stand still: only temporal ones move a tile.
          if (nest.factor[i] === 1 || ((windowed[t]! >> d) & 1) === 0 || !isTemporal[i]) continue;
          outerStep[c * capacity + outer] = coefficientOf[own + d]! * inside[i]!;
          outerRank[c * capacity + outer++] = rankOf[own + d]!;
        }
        outerCount[c] = outer;
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
        const still = status[base + c] === STILL || (status[base + c] === FRESH && (left & windows[c]!) === 0);
        if (!still) stationary = false;
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
        advance(from, from + width, (moving[c]! & bit) !== 0, (windows[c]! & bit) !== 0, step[cell]!, rank[cell]!);
      }
    },
  };

  /** The loops left, without those that another one covers (rules 2 and 3). */
  function uncovered(base: number, left: number): number {
    let kept = left;
    for (let a = 0; left >> a !== 0; a++) {
      for (let b = 0; left >> b !== 0 && ((left >> a) & 1) === 1; b++) {
        if (a === b || ((kept >> b) & 1) === 0) continue;
        if (covers(base, left, a, b)) {
          kept &= ~(1 << a);
          break;
        }
      }
    }
    return kept;
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

  /** Whether a cell that has not moved reuses as much if loop b moves it first as if window a does, whatever comes after. */
  function slidesBetter(c: number, entry: number, left: number, a: number, b: number): boolean {
    if (((windows[c]! >> b) & 1) === 0) return false;
    if (status[entry] === STILL) return !mayCoincide(c, entry, left);
    for (const loop of [a, b]) {
      const cell = c * capacity + loop;
      if (coincides(c, rank[cell]!, 2 * step[cell]!, left & ~(1 << loop))) return false;
    }
    const [first, second] = [c * capacity + a, c * capacity + b];
    const worse = kept[first]! * all[second]!;
    const better = kept[second]! * all[first]!;
    return better >= worse && better <= Number.MAX_SAFE_INTEGER;
  }
}

/** Cells whose words count: tiles kept inside a level that is not outside of all that keep the tensor. */
function reuseCells(space: Mapspace): ReuseCell[] {
  const { keeps } = space.nest();
  const cells: ReuseCell[] = [];
  for (let t = 0; t < space.shape.tensorCount; t++) {
    const outermost = keeps.findIndex((bits) => ((bits >> t) & 1) === 1);
    for (let l = outermost; l + 1 < keeps.length; l++) if ((keeps[l + 1]! >> t) & 1) cells.push({ t, l });
  }
  return cells;
}
