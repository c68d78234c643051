import type { LoopNest, Machine } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { spreadChildren } from "./child-groups.js";
import { countFetches, looksAtChildren } from "./fetches.js";
import { mesh, readsOfAllSteps } from "./hand-over.js";
import { type ReadsOfKind, type SharedReads, sharedReads } from "./shared-reads.js";

/** What the wires below one instance of a level carry of a tensor over the whole run. */
export interface NetworkTraffic {
  /** Words that enter: read once, whatever number of children takes them. */
  readonly words: number;
  /** Hops of all words together, along multicast trees. */
  readonly hops: number;
  /** Routers that words pass, all together. */
  readonly routers: number;
  /** Words that children hand over to a neighbour. */
  readonly links: number;
}

const nothing: NetworkTraffic = { words: 0, hops: 0, routers: 0, links: 0 };

/**
 * Traffic of tensor t on the network below level l, its counts known, as Timeloop counts it: words of the level's reads
 * by receivers and groups (R5, R6); a level inside that does not keep the tensor passes them on (R9), which multiplies
 * words but not the hops they were found with; none outside the outermost keeper. Where that one keeps an output, sums
 * go up and down: words = 2 * words - partition.
 *
 *     routers = sum over kinds of reads of (1 + floor(hops of a word)) * words, floored after every term
 *
 * A level without spatial loops has one child and no hops. Every neighbour hand-over is a link of one hop and two
 * routers; a level inside that does not keep the tensor clears them.
 */
export function networkTraffic(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  t: number,
  l: number,
): NetworkTraffic {
  const { levelCount, outermost, partition } = state;
  if (l < outermost[t]!) return nothing;
  const { kinds, handedOver } = passingReads(state, nest, machine, t, l);
  const upAndDown = l === outermost[t] && state.shape.isOutput[t] === 1;
  let words = 0;
  let hops = 0;
  let routers = 0;
  for (const kind of kinds) {
    const entering = upAndDown ? 2 * kind.words - partition[t * levelCount + l]! : kind.words;
    const hopsOfWord = kind.hops / kind.words;
    words += entering;
    hops += hopsOfWord * entering;
    routers = Math.floor(routers + (1 + Math.floor(hopsOfWord)) * entering);
  }
  return { words, hops, routers, links: handedOver };
}

/**
 * Reads of level l by kind, with the words of levels inside that do not keep the tensor; in Timeloop's order of
 * operations, for the floors above see the rounding.
 */
function passingReads(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  t: number,
  l: number,
): { readonly kinds: readonly ReadsOfKind[]; readonly handedOver: number } {
  const handedOver = countFetches(state, nest, machine, t, l);
  const kinds = (
    looksAtChildren(state, t, l)
      ? readsOfAllSteps(state, nest, machine, t, l, true)
      : plainReads(state, nest, machine, t, l)
  ).kinds();
  if (l + 1 === state.levelCount || ((nest.keeps[l + 1]! >> t) & 1) === 1) return { kinds, handedOver };
  const inner = passingReads(state, nest, machine, t, l + 1).kinds.reduce((sum, { words }) => sum + words, 0);
  const received = kinds.reduce((sum, { receivers, words }) => sum + receivers * words, 0);
  const passedOn = (inner * state.spatial[l]!) / received;
  return { kinds: kinds.map((kind) => ({ ...kind, words: kind.words * passedOn })), handedOver: 0 };
}

/** All words at once, where no neighbour hands anything over. */
function plainReads(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): SharedReads {
  const { shape, fetched, levelCount, spatial } = state;
  const reads = sharedReads(spreadChildren(state, nest, t, l), mesh(nest, machine, l), spatial[l]! > 1);
  const ranks = shape.rankStart[t + 1]! - shape.rankStart[t]!;
  reads.add(1, fetched[t * levelCount + l]!, false, new Float64Array(ranks));
  return reads;
}
