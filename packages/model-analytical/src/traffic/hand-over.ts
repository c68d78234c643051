import type { LoopNest, Machine } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { spreadChildren } from "./child-groups.js";
import { type SharedReads, sharedReads } from "./shared-reads.js";
import { iterationsFrom } from "./temporal-reuse.js";

/**
 * Multicast and neighbour hand-over where tiles of children may coincide (R5, R6), element by element.
 *
 * Children of equal offset o_i form a group: one read, many receivers. In a step with translation T child i is served
 * by a neighbour j that held its tile before (o_j = o_i + T). A step uses hand-over only if fewer groups are left to
 * read, and only if its delta has the shape of the previous step's.
 *
 * Artefacts of Timeloop, followed: elements are numbered by the logical loops but decoded with the physical columns,
 * and tiles that merely overlap are not shared.
 *
 * Fills `fetched` with the words that a child receives on average, and `groups` with those read for one received.
 *
 * @returns Words taken over from neighbours below one instance of level l. `null`, and nothing filled, between
 * integers: there offsets are undefined and no hand-over is counted.
 */
export function handOver(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): number | null {
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) if (!Number.isInteger(nest.factor[i]!)) return null;
  const { read, received, handedOver } = readsOfAllSteps(state, nest, machine, t, l).totals();
  const cell = t * state.levelCount + l;
  state.fetched[cell] = received;
  state.groups[cell] = read / received;
  return handedOver;
}

/**
 * Adds every step of the loops around the child tile, those of equal translation and predecessor together, in the words
 * of `temporalReuse`: the first tile; the steps of loop z that follow it; for every loop outside z its carries, and the
 * steps of z that follow them.
 *
 * Today (`timeloop-2025`) loops inside z leave the tile in place, and so do carries with T_j = 0: nothing is fetched,
 * and what follows has not the shape of nothing. A MAC unit fetches its point in every step, moved or not (R3).
 */
export function readsOfAllSteps(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  t: number,
  l: number,
  countsHops = false,
): SharedReads {
  const reads = sharedReads(spreadChildren(state, nest, t, l), mesh(nest, machine, l), countsHops);
  const { shape, levelCount, reuse, loopCapacity, inside } = state;
  const { dimCount, rankOf, coefficientOf } = shape;
  const cell = t * levelCount + l;
  const rankBase = shape.rankStart[t]!;
  const rankCount = shape.rankStart[t + 1]! - rankBase;
  const isMac = l === levelCount - 1;
  const restsFree = state.counts === "timeloop-2025" && !isMac;
  const wholeWords = reuse.wholeWords[cell]!;
  const stepWords = isMac ? wholeWords : reuse.stepWords[cell]!;
  const sameWords = wholeWords === stepWords;
  const listed = (list: Int32Array, count: number, i: number) =>
    list.subarray(cell * loopCapacity, cell * loopCapacity + count).includes(i);

  /** Sum of the steps of the loops inside, per rank. */
  const moved = new Float64Array(rankCount);
  const translation = new Float64Array(rankCount);
  const ofFirst = new Float64Array(rankCount);
  reads.add(1, wholeWords, false, translation);
  const first = reuse.first[cell]!;
  let firstFactor = 1;
  /** Whether loops inside z leave the tile in place. */
  let rests = false;
  let inner = 1;
  const all = state.visits[l]!;
  for (let level = l; level >= 0; level--) {
    for (let i = nest.startTemporal[level]!; i < nest.end[level]!; i++) {
      const n = nest.factor[i]!;
      if (n === 1) continue;
      const rank = rankOf[t * dimCount + nest.dim[i]!]!;
      const step = coefficientOf[t * dimCount + nest.dim[i]!]! * inside[i]!;
      if (i === first) {
        firstFactor = n;
        if (rank >= 0) ofFirst[rank - rankBase] = step;
        reads.add(n - 1, stepWords, isMac || (sameWords && !rests), ofFirst);
      } else if (firstFactor === 1) rests = true;
      else {
        for (let r = 0; r < rankCount; r++) translation[r] = -moved[r]!;
        if (rank >= 0) translation[rank - rankBase]! += step;
        const reused = i < reuse.end[cell]! || listed(reuse.coincident, reuse.coincidentCount[cell]!, i);
        const still = restsFree && listed(reuse.returning, reuse.returningCount[cell]!, i);
        const eligible = isMac || ((reused || sameWords) && !rests && !still);
        const carries = (n - 1) * iterationsFrom(state, nest, level, i + 1, all / (inner * n));
        if (!still) reads.add(carries, reused ? stepWords : wholeWords, eligible, translation);
        reads.add((firstFactor - 1) * carries, stepWords, eligible, ofFirst);
      }
      if (rank >= 0) moved[rank - rankBase]! += step;
      inner *= n;
    }
  }
  return reads;
}

/** Columns and rows by which children are numbered: the physical fan-out, or the loops where they exceed it. */
export function mesh(nest: LoopNest, machine: Machine, l: number): { columns: number; rows: number } {
  let x = 1;
  let y = 1;
  for (let i = nest.start[l]!; i < nest.startY[l]!; i++) x *= nest.factor[i]!;
  for (let i = nest.startY[l]!; i < nest.startTemporal[l]!; i++) y *= nest.factor[i]!;
  const ownX = machine.meshX[l]!;
  const innerX = machine.meshX[l + 1]!;
  const ownY = machine.instances[l]! / ownX;
  const innerY = machine.instances[l + 1]! / innerX;
  return { columns: Math.max(innerX / ownX, x), rows: Math.max(innerY / ownY, y) };
}
