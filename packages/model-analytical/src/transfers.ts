import type { LoopNest, Machine } from "@loopnest/mapspace";
import { type SharedTraffic, handOver } from "./hand-over.js";
import type { NestState } from "./nest-state.js";
import { countPartitions } from "./partition.js";
import { slidingGroups } from "./sliding-groups.js";
import { temporalReuse } from "./temporal-reuse.js";
import { tileVolume } from "./tile.js";

/**
 * Whether children of level l may share or hand over tiles other than by the plain product of irrelevant loops: where spatial
 * loops unroll a window, or where some step leaves tiles in place (T_j = 0) that several children hold.
 */
function maySlide(state: NestState, nest: LoopNest, t: number, l: number): boolean {
  const cell = t * state.levelCount + l;
  if (state.spatial[l] === 1) return false;
  if (l === state.levelCount - 1) {
    if (state.groups[cell] === state.spatial[l] && state.slides[cell] === 0) return false;
    temporalReuse(state, nest, t, l);
    return true;
  }
  return state.slides[cell] === 1 || state.reuse.returns[cell] === 1;
}

/** Whether counts are rounded as Timeloop rounds them, or left as the smooth extension. */
export type Rounding = "exact" | "smooth";

const shared: SharedTraffic = { read: 0, received: 0, handedOver: 0 };

/**
 * Reads, updates and fills per instance of every kept tensor (R2, R3, R5 to R9). Tensors are independent of each other.
 *
 * From the innermost level outwards: `fetched` words per child (temporal reuse), times `groups` of children is the `content`
 * that one instance serves. A level that does not keep the tensor passes its content on: its parent serves it to every group
 * of such levels (R9).
 *
 *     input:   reads = content + peer                  updates = 0
 *     output:  updates = content                       reads = content + peer - partition
 *     both:    fills = fetched + peer, 0 + peer at the outermost level that keeps the tensor
 *
 * The first visit of every output word is not read (hence the partition), but its refill from outside does count.
 */
export function countTransfers(state: NestState, nest: LoopNest, machine: Machine, rounding: Rounding): void {
  const { shape, levelCount, extent, visits, spatial, usedInstances, groups, slides, fetched, content, peer } = state;
  const { tensorCount, dimCount, isOutput } = shape;
  const { keeps } = nest;
  const exact = rounding === "exact";
  for (let t = 0; t < tensorCount; t++) {
    let outermost = 0;
    while (outermost < levelCount && ((keeps[outermost]! >> t) & 1) === 0) outermost++;
    let childKeeps = true;
    let served = 0;
    for (let l = levelCount - 1; l >= 0 && l >= outermost - 1; l--) {
      const cell = t * levelCount + l;
      let handedOver = 0;
      const isMac = l === levelCount - 1;
      if (childKeeps || slides[cell] === 1) {
        // A MAC unit takes every word anew: no reuse whatever the loops (R3).
        let words = isMac ? visits[l]! : temporalReuse(state, nest, t, l);
        if (maySlide(state, nest, t, l)) {
          if (handOver(state, nest, machine, t, l, shared)) {
            words = shared.received;
            groups[cell] = shared.read / shared.received;
            handedOver = shared.handedOver;
          } else {
            groups[cell] = slidingGroups(state, nest, t, l);
          }
        }
        fetched[cell] = words;
        served = (childKeeps ? words : served) * groups[cell]!;
      } else {
        served *= groups[cell]!;
      }
      if (l + 1 < levelCount) {
        const child = cell + 1;
        peer[child] = handedOver / usedInstances[l + 1]!;
        if ((keeps[l + 1]! >> t) & 1) {
          const fills = (l >= outermost ? fetched[cell]! : 0) + peer[child]!;
          state.fills[child] = exact ? Math.floor(fills) : fills;
        }
      }
      content[cell] = served;
      childKeeps = ((keeps[l]! >> t) & 1) === 1;
    }
    if (outermost === 0) {
      peer[t * levelCount] = 0;
      state.fills[t * levelCount] = 0;
    }
    if (isOutput[t] === 1) countPartitions(state, t, exact);
    for (let l = outermost; l < levelCount; l++) {
      if (((keeps[l]! >> t) & 1) === 0) continue;
      const cell = t * levelCount + l;
      state.tileWords[cell] = tileVolume(shape, t, extent, 2 * l * dimCount);
      const accesses = content[cell]! + peer[cell]!;
      if (isOutput[t] === 1) {
        const reads = accesses - state.partition[cell]!;
        state.reads[cell] = exact ? Math.round(reads) : reads;
        state.updates[cell] = exact ? Math.round(content[cell]!) : content[cell]!;
      } else {
        state.reads[cell] = exact ? Math.round(accesses) : accesses;
        state.updates[cell] = 0;
      }
    }
  }
}
