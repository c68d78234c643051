import { type LoopNest, levelWords, type Machine } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";

/** The reasons for which a machine cannot run a nest (R11). */
export type LimitCode = "no-fanout" | "factors" | "unkept" | "fanout" | "capacity";

/** What the spatial loops outside a level take of it. */
export type MeshPart = "instances" | "columns" | "rows";

/**
 * Takes one limit of a machine.
 *
 * @param index The dimension for `factors`, the tensor for `unkept`, the level whose loops or tiles are meant for the
 * others.
 * @param part For `fanout`, of the level inside.
 */
export type LimitVisitor = (
  code: LimitCode,
  index: number,
  needed: number,
  available: number,
  part: MeshPart | null,
) => void;

/**
 * Visits every limit that a nest may break, in Timeloop's order (R11): spatial loops only where there is fan-out;
 * factors that multiply to the bounds; every tensor kept somewhere; spatial loops within instances, columns and rows;
 * tiles within capacities. The fan-out check is cumulative only: a level may exceed its own fan-out if outer levels
 * leave room.
 *
 * Limits come in the same number and order for all nests of one layout. Needs `walkExtents` before.
 */
export function forEachLimit(state: NestState, nest: LoopNest, machine: Machine, visit: LimitVisitor): void {
  const { shape, extent, tileRow } = state;
  const { levelCount, start, startY, startTemporal, keeps } = nest;
  for (let l = 0; l < levelCount; l++) {
    if (machine.instances[l + 1] !== machine.instances[l]) continue;
    visit("no-fanout", l, product(nest, start[l]!, startTemporal[l]!), 1, null);
  }
  for (let d = 0; d < shape.dimCount; d++) visit("factors", d, shape.bounds[d]!, extent[tileRow[0]! + d]!, null);
  for (let t = 0; t < shape.tensorCount; t++) {
    visit("unkept", t, 1, keeps.some((bits) => ((bits >> t) & 1) === 1) ? 1 : 0, null);
  }
  // Innermost first, as Timeloop does: at the MAC units all spatial loops are together.
  for (let l = levelCount - 1; l >= 0; l--) {
    let x = 1;
    let y = 1;
    for (let outer = 0; outer <= l; outer++) {
      x *= product(nest, start[outer]!, startY[outer]!);
      y *= product(nest, startY[outer]!, startTemporal[outer]!);
    }
    const instances = machine.instances[l + 1]!;
    const columns = machine.meshX[l + 1]!;
    visit("fanout", l, x * y, instances, "instances");
    visit("fanout", l, x, columns, "columns");
    visit("fanout", l, y, instances / columns, "rows");
  }
  for (let l = levelCount - 1; l >= 0; l--) {
    visit("capacity", l, usedWords(state, nest, l), machine.capacityWords[l]!, null);
  }
}

/** Whether a limit is broken: factors must be what the bound asks for, anything else at most what there is. */
export function breaks(code: LimitCode, needed: number, available: number): boolean {
  return code === "factors" ? needed !== available : needed > available;
}

/** Words of level l that the tiles kept there take. */
export function usedWords(state: NestState, nest: LoopNest, l: number): number {
  let words = 0;
  for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
    if (kept & 1) words += levelWords(state.widths, t, l, state.tileWords[t * state.levelCount + l]!);
  }
  return words;
}

function product(nest: LoopNest, from: number, to: number): number {
  let all = 1;
  for (let i = from; i < to; i++) all *= nest.factor[i]!;
  return all;
}
