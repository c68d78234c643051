import type { LoopNest, Machine, Rounding } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { readWords } from "./accesses.js";
import { countFetches, looksAtChildren } from "./fetches.js";
import { mesh, readsOfAllSteps } from "./hand-over.js";
import { meanRoute } from "./mean-route.js";
import type { ReadsOfKind } from "./shared-reads.js";
import { wholeRoute } from "./whole-route.js";

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
 * go up and down: words = 2 * words - partition, and no fewer than words (a partition that is larger has no meaning).
 *
 *     routers = sum over kinds of reads of (1 + floor(hops of a word)) * words, floored after every term
 *
 * A level without spatial loops has one child and no hops. Every neighbour hand-over is a link of one hop and two
 * routers; a level inside that does not keep the tensor clears them.
 *
 * Smooth: nothing is floored after a term, and between whole factors the words of the level's content take the way of
 * `meanRoute`, without hand-over.
 */
export function networkTraffic(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  t: number,
  l: number,
  rounding: Rounding,
): NetworkTraffic {
  const { levelCount, outermost, partition, content } = state;
  if (l < outermost[t]!) return nothing;
  const cell = t * levelCount + l;
  const upAndDown = goesUpAndDown(state, t, l);
  const entering = (words: number) => (upAndDown ? words + readWords(words, partition[cell]!) : words);
  if (rounding === "smooth" && !isWhole(nest, l)) {
    const words = entering(content[cell]!);
    const { hops, routers } = meanRoute(state, nest, machine, t, l);
    return { words, hops: hops * words, routers: routers * words, links: 0 };
  }
  const { kinds, handedOver } = passingReads(state, nest, machine, t, l);
  let words = 0;
  let hops = 0;
  let routers = 0;
  for (const kind of kinds) {
    const own = entering(kind.words);
    const hopsOfWord = kind.hops / kind.words;
    words += own;
    hops += hopsOfWord * own;
    routers += (1 + Math.floor(hopsOfWord)) * own;
    if (rounding === "exact") routers = Math.floor(routers);
  }
  return { words, hops, routers, links: handedOver };
}

/** Whether t is an output and level l its outermost keeper: there sums go both ways. */
export function goesUpAndDown({ outermost, shape }: NestState, t: number, l: number): boolean {
  return l === outermost[t] && shape.isOutput[t] === 1;
}

/** Whether all spatial factors of level l and of those inside are whole: then children can be told apart. */
function isWhole(nest: LoopNest, l: number): boolean {
  for (let level = l; level < nest.levelCount; level++) {
    for (let i = nest.start[level]!; i < nest.startTemporal[level]!; i++)
      if (!Number.isInteger(nest.factor[i]!)) return false;
  }
  return true;
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
  const kinds = looksAtChildren(state, t, l)
    ? readsOfAllSteps(state, nest, machine, t, l, true).kinds()
    : plainReads(state, nest, machine, t, l);
  if (l + 1 === state.levelCount || ((nest.keeps[l + 1]! >> t) & 1) === 1) return { kinds, handedOver };
  const inner = passingReads(state, nest, machine, t, l + 1).kinds.reduce((sum, { words }) => sum + words, 0);
  const received = kinds.reduce((sum, { receivers, words }) => sum + receivers * words, 0);
  const passedOn = (inner * state.spatial[l]!) / received;
  return { kinds: kinds.map((kind) => ({ ...kind, words: kind.words * passedOn })), handedOver: 0 };
}

/** All words at once, where no neighbour hands anything over: every group is as large. */
function plainReads(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): ReadsOfKind[] {
  const { shape, levelCount, spatial, groups } = state;
  const cell = t * levelCount + l;
  const fetched = state.fetched[cell]!;
  if (fetched === 0) return [];
  const factors: number[] = [];
  const moves: boolean[] = [];
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    factors.push(nest.factor[i]!);
    moves.push(((shape.relevant[t]! >> nest.dim[i]!) & 1) === 1);
  }
  const { hops } = wholeRoute(state, { factors, moves, ...mesh(nest, machine, l) });
  const words = groups[cell]! * fetched;
  return [{ receivers: spatial[l]! / groups[cell]!, groups: groups[cell]!, words, hops: hops * words }];
}
