import type { LoopNest, Mapspace } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { rankExtent } from "../state/tile.js";
import { advance, DONE, type ReuseScan, refresh } from "./reuse-scan.js";

/** A tensor and the level that serves the tile inside it: where R4 counts. */
export interface ReuseCell {
  readonly t: number;
  readonly l: number;
}

/**
 * The loops of one free-order level as every cell sees them. Bit i of a mask is loop i of those not placed yet; tables
 * over cell c and loop i are indexed `c * capacity + i`.
 */
export interface CellLoops {
  readonly level: number;
  readonly cells: readonly ReuseCell[];
  readonly capacity: number;
  /** Per cell: loops that move its tile, and those that move it in a window. */
  readonly moving: Int32Array;
  readonly windows: Int32Array;
  readonly step: Float64Array;
  readonly rank: Int32Array;
  /**
   * Of a window: words of one row of the tile that a step keeps, times the steps; and all words of that row, times the
   * loop's factor.
   */
  readonly kept: Float64Array;
  readonly all: Float64Array;
  /** Windowed temporal loops of the levels outside, per cell. */
  readonly outerStep: Float64Array;
  readonly outerRank: Int32Array;
  readonly outerCount: Int32Array;
}

/** Loops to be placed: dimension, factor and step, in units of the dimension. */
export interface FreeLoops {
  readonly dims: Int32Array;
  readonly factors: Float64Array;
  readonly steps: Float64Array;
  readonly count: number;
}

/** Tables for level `level`, to be filled nest by nest. */
export function cellLoops(space: Mapspace, level: number): CellLoops {
  const cells = reuseCells(space).filter((cell) => cell.l >= level);
  const capacity = space.slots.length;
  const floats = () => new Float64Array(cells.length * capacity);
  const ints = () => new Int32Array(cells.length * capacity);
  return {
    level,
    cells,
    capacity,
    moving: new Int32Array(cells.length),
    windows: new Int32Array(cells.length),
    step: floats(),
    rank: ints(),
    kept: floats(),
    all: floats(),
    outerStep: floats(),
    outerRank: ints(),
    outerCount: new Int32Array(cells.length),
  };
}

/** Fills what cell c sees of the loops to be placed. */
export function seeFreeLoops(seen: CellLoops, state: NestState, c: number, { dims, factors, steps, count }: FreeLoops) {
  const { shape, extent, tileRow } = state;
  const { dimCount, relevant, windowed, rankOf, coefficientOf } = shape;
  const { t, l } = seen.cells[c]!;
  seen.moving[c] = 0;
  seen.windows[c] = 0;
  for (let loop = 0; loop < count; loop++) {
    const d = dims[loop]!;
    seen.moving[c]! |= ((relevant[t]! >> d) & 1) << loop;
    seen.windows[c]! |= ((windowed[t]! >> d) & 1) << loop;
    const cell = c * seen.capacity + loop;
    seen.step[cell] = coefficientOf[t * dimCount + d]! * steps[loop]!;
    seen.rank[cell] = rankOf[t * dimCount + d]!;
    if (((windowed[t]! >> d) & 1) === 0) continue;
    const row = rankExtent(shape, seen.rank[cell]!, extent, tileRow[l + 1]!);
    seen.kept[cell] = (factors[loop]! - 1) * Math.max(0, row - seen.step[cell]!);
    seen.all[cell] = factors[loop]! * row;
  }
}

/** Scans the loops of the levels between cell c and the free-order level into entry c. */
export function scanInside({ level, cells }: CellLoops, scan: ReuseScan, state: NestState, nest: LoopNest, c: number) {
  const { dimCount, relevant, windowed, rankOf, coefficientOf } = state.shape;
  const { t, l } = cells[c]!;
  refresh(scan, c);
  for (let inner = l; inner > level; inner--) {
    for (let i = nest.startTemporal[inner]!; i < nest.end[inner]! && scan.status[c] !== DONE; i++) {
      if (nest.factor[i] === 1) continue;
      const d = nest.dim[i]!;
      const moves = ((relevant[t]! >> d) & 1) === 1;
      const by = coefficientOf[t * dimCount + d]! * state.inside[i]!;
      advance(scan, c, c, moves, ((windowed[t]! >> d) & 1) === 1, by, rankOf[t * dimCount + d]!);
    }
  }
}

/**
 * Fills what cell c sees of the levels outside: loops that unroll stand still there, only temporal ones move a tile.
 */
export function seeOuterLoops(
  seen: CellLoops,
  state: NestState,
  nest: LoopNest,
  c: number,
  temporal: readonly boolean[],
) {
  const { dimCount, windowed, rankOf, coefficientOf } = state.shape;
  const { t } = seen.cells[c]!;
  let outer = 0;
  for (let i = nest.end[seen.level]!; i < nest.dim.length && windowed[t] !== 0; i++) {
    const d = nest.dim[i]!;
    if (nest.factor[i] === 1 || ((windowed[t]! >> d) & 1) === 0 || !temporal[i]) continue;
    seen.outerStep[c * seen.capacity + outer] = coefficientOf[t * dimCount + d]! * state.inside[i]!;
    seen.outerRank[c * seen.capacity + outer++] = rankOf[t * dimCount + d]!;
  }
  seen.outerCount[c] = outer;
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
