import type { LoopNest, Machine, Rounding } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { filledWords, readWords } from "./accesses.js";
import { countFetches } from "./fetches.js";
import { countPartitions } from "./partition.js";

/**
 * Reads, updates and fills per instance of every kept tensor (R2, R3, R5 to R9). Tensors are independent of each other.
 *
 * From the innermost level outwards: `fetched` words per child (temporal reuse), times `groups` of children is the
 * `content` that one instance serves. A level that does not keep the tensor passes its content on: its parent serves it
 * to every group of such levels (R9).
 *
 *     input:   reads = content + peer                  updates = 0
 *     output:  updates = content                       reads = max(0, content + peer - partition)
 *     both:    fills = fetched + peer, 0 + peer at the outermost level that keeps the tensor
 *     output as counted today:  fills = max(0, fetched + peer - partition), but at the outermost keeper
 *
 * The first visit of every output word is not read (hence the partition). Its refill from outside counted in 2022, and
 * does not any more. The bound 0 is ours: an output whose ranks are windows or leave gaps may own more words by R8 than
 * it visits, and Timeloop's unsigned count has no meaning there.
 */
export function countTransfers(state: NestState, nest: LoopNest, machine: Machine, rounding: Rounding): void {
  const { shape, levelCount, outermost, spatial, usedInstances, groups, slides, fetched } = state;
  const { content, peer, arrived, fills } = state;
  const { tensorCount, isOutput, windowed } = shape;
  const { keeps } = nest;
  const exact = rounding === "exact";
  for (let t = 0; t < tensorCount; t++) {
    if (isOutput[t] === 1) countPartitions(state, nest, t, exact);
    const last = outermost[t]!;
    const hasWindow = windowed[t] !== 0;
    let childKeeps = true;
    let served = 0;
    for (let l = levelCount - 1; l >= 0 && l >= last - 1; l--) {
      const cell = t * levelCount + l;
      let handedOver = 0;
      // Below a level that is passed by only the sharing counts. Only a window can change that from plain groups, and
      // if none is unrolled here, only where some children hold the same tile and others do not.
      const shares = groups[cell]!;
      if (childKeeps || (hasWindow && (slides[cell] === 1 || (shares !== 1 && shares !== spatial[l])))) {
        handedOver = countFetches(state, nest, machine, t, l);
        if (childKeeps) served = fetched[cell]!;
      }
      served *= groups[cell]!;
      content[cell] = served;
      if (l + 1 < levelCount) {
        const child = cell + 1;
        const taken = handedOver === 0 ? 0 : handedOver / usedInstances[l + 1]!;
        peer[child] = taken;
        if (childKeeps) {
          arrived[child] = (l < last ? 0 : fetched[cell]!) + taken;
          fills[child] = countFills(state, t, child, l >= last, exact);
          countAccesses(state, t, child, exact);
        }
      }
      childKeeps = ((keeps[l]! >> t) & 1) === 1;
    }
    if (last === 0) {
      peer[t * levelCount] = 0;
      fills[t * levelCount] = 0;
      countAccesses(state, t, t * levelCount, exact);
    }
  }
}

/**
 * Fills of a kept tensor, from the words that arrive, its partition known. @param inner Not at the outermost keeper.
 */
export function countFills(state: NestState, t: number, cell: number, inner: boolean, exact: boolean): number {
  const words = state.arrived[cell]!;
  const filled = inner ? filledWords(state, t, words, state.partition[cell]!) : words;
  if (!exact) return filled;
  return state.shape.isOutput[t] === 0 || state.counts === "timeloop-2022" ? Math.floor(filled) : Math.round(filled);
}

/** Reads and updates of a kept tensor, once its content, peer and partition are known. */
export function countAccesses(state: NestState, t: number, cell: number, exact: boolean): void {
  const { shape, content, peer, partition, reads, updates } = state;
  const written = content[cell]!;
  const accesses = written + peer[cell]!;
  if (shape.isOutput[t] === 1) {
    const read = readWords(accesses, partition[cell]!);
    reads[cell] = exact ? Math.round(read) : read;
    updates[cell] = exact ? Math.round(written) : written;
  } else {
    reads[cell] = exact ? Math.round(accesses) : accesses;
    updates[cell] = 0;
  }
}
