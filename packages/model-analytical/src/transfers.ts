import type { LoopNest, Machine, Rounding } from "@loopnest/mapspace";
import { countFetches } from "./fetches.js";
import type { NestState } from "./nest-state.js";
import { countPartitions } from "./partition.js";

/**
 * Reads, updates and fills per instance of every kept tensor (R2, R3, R5 to R9). Tensors are independent of each other.
 *
 * From the innermost level outwards: `fetched` words per child (temporal reuse), times `groups` of children is the `content`
 * that one instance serves. A level that does not keep the tensor passes its content on: its parent serves it to every group
 * of such levels (R9).
 *
 *     input:   reads = content + peer                  updates = 0
 *     output:  updates = content                       reads = max(0, content + peer - partition)
 *     both:    fills = fetched + peer, 0 + peer at the outermost level that keeps the tensor
 *
 * The first visit of every output word is not read (hence the partition), but its refill from outside does count. The bound 0
 * is ours: an output whose ranks are windows or leave gaps may own more words by R8 than it visits, and Timeloop's unsigned
 * count has no meaning there.
 */
export function countTransfers(state: NestState, nest: LoopNest, machine: Machine, rounding: Rounding): void {
  const { shape, levelCount, spatial, usedInstances, groups, fetched, content, peer } = state;
  const { tensorCount, isOutput, windowed } = shape;
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
      // Below a level that is passed by only the sharing counts, and only a window can change that from plain groups.
      if (childKeeps || (windowed[t] !== 0 && spatial[l]! > 1)) {
        handedOver = countFetches(state, nest, machine, t, l);
        served = (childKeeps ? fetched[cell]! : served) * groups[cell]!;
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
      const accesses = content[cell]! + peer[cell]!;
      if (isOutput[t] === 1) {
        const reads = Math.max(0, accesses - state.partition[cell]!);
        state.reads[cell] = exact ? Math.round(reads) : reads;
        state.updates[cell] = exact ? Math.round(content[cell]!) : content[cell]!;
      } else {
        state.reads[cell] = exact ? Math.round(accesses) : accesses;
        state.updates[cell] = 0;
      }
    }
  }
}
