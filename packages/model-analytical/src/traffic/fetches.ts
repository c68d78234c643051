import type { LoopNest, Machine } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { handOver } from "./hand-over.js";
import { slidingGroups } from "./sliding-groups.js";
import { temporalReuse } from "./temporal-reuse.js";

/**
 * Fills `fetched` (words per child below level l over the whole run) and, where tiles of children may coincide,
 * `groups`.
 *
 * A MAC unit fetches its point in every step (R3), any other child what temporal reuse leaves (R4). Children are looked
 * at one by one (R5, R6) only where that can matter: spatial loops unroll a window of t; or some step fetches tiles
 * anew in place (not as counted today) while several children hold the same one, which for MAC units may be any step of
 * an irrelevant loop. (Without a window all children hold different tiles if all spatial loops move t, and a step moves
 * them by nothing or beyond all of them.)
 *
 * @returns Words handed over between neighbours below one instance of level l.
 */
export function countFetches(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): number {
  const { levelCount, visits, spatial, groups, slides, fetched } = state;
  const cell = t * levelCount + l;
  const isMac = l === levelCount - 1;
  const allDifferent = slides[cell] === 0 && groups[cell] === spatial[l];
  if (isMac && allDifferent) {
    fetched[cell] = visits[l]!;
    return 0;
  }
  const words = temporalReuse(state, nest, t, l);
  fetched[cell] = isMac ? visits[l]! : words;
  if (!looksAtChildren(state, t, l)) return 0;
  const handedOver = handOver(state, nest, machine, t, l);
  if (handedOver === null) groups[cell] = slidingGroups(state, nest, t, l);
  return handedOver ?? 0;
}

/**
 * Whether children below level l are looked at one by one, once temporal reuse of (t, l) is known: see `countFetches`.
 */
export function looksAtChildren(
  { levelCount, counts, spatial, groups, slides, reuse }: NestState,
  t: number,
  l: number,
) {
  const cell = t * levelCount + l;
  if (slides[cell] === 1) return true;
  if (groups[cell] === spatial[l]) return false;
  return l === levelCount - 1 || (reuse.returningCount[cell]! > 0 && counts === "timeloop-2022");
}
