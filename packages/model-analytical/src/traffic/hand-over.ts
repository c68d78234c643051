import type { LoopNest, Machine } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { neighbourServes, type Readers, readers, spreadChildren, translationKey } from "./child-groups.js";
import { iterationsFrom } from "./temporal-reuse.js";

/**
 * Multicast and neighbour hand-over where tiles of children may coincide (R5, R6), element by element.
 *
 * Children of equal offset o_i form a group: one read, many receivers. In a step with translation T child i is served by a
 * neighbour j that held its tile before (o_j = o_i + T). A step uses hand-over only if fewer groups are left to read, and only
 * if its delta has the shape of the previous step's.
 *
 * Artefacts of Timeloop, followed: elements are numbered by the logical loops but decoded with the physical columns, and
 * tiles that merely overlap are not shared.
 *
 * Fills `fetched` with the words that a child receives on average, and `groups` with those read for one received.
 *
 * @returns Words taken over from neighbours below one instance of level l. `null`, and nothing filled, between integers: there
 * offsets are undefined and no hand-over is counted.
 */
export function handOver(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): number | null {
  const elements = state.spatial[l]!;
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) if (!Number.isInteger(nest.factor[i]!)) return null;
  const { shape, levelCount, reuse, loopCapacity, inside } = state;
  const { dimCount, rankOf, coefficientOf } = shape;
  const cell = t * levelCount + l;
  const rankBase = shape.rankStart[t]!;
  const rankCount = shape.rankStart[t + 1]! - rankBase;
  const isMac = l === levelCount - 1;

  const children = spreadChildren(state, nest, t, l);
  const everyone = readers(children, null);
  const wholeWords = reuse.wholeWords[cell]!;
  // A MAC unit fetches its point in every step, moved or not (R3).
  const stepWords = isMac ? wholeWords : reuse.stepWords[cell]!;
  const sameWords = wholeWords === stepWords;

  /** Readers of a step with a translation, which many steps share. */
  const known = new Map<number, Readers>();
  const readersAfter = (by: Float64Array): Readers => {
    const key = translationKey(children, by);
    if (Number.isNaN(key)) return everyone;
    let found = known.get(key);
    if (found === undefined) {
      const { columns, rows } = mesh(nest, machine, l);
      const unserved = readers(children, neighbourServes(children, key, columns, rows));
      found = unserved.groups < everyone.groups ? unserved : everyone;
      known.set(key, found);
    }
    return found;
  };

  /** Words read for groups of each size. */
  const wordsOf: number[] = [];
  let handedOver = 0;
  /** Adds `weight` steps of `words` with translation `by`. */
  const addSteps = (weight: number, words: number, eligible: boolean, by: Float64Array) => {
    if (weight === 0 || words === 0) return;
    const reading = eligible ? readersAfter(by) : everyone;
    reading.sizes.forEach((m, k) => {
      wordsOf[m] = (wordsOf[m] ?? 0) + reading.groupsOfSize[k]! * words * weight;
    });
    handedOver += (elements - reading.children) * words * weight;
  };

  const rankTotal = new Float64Array(rankCount);
  const translation = new Float64Array(rankCount);
  const firstTranslation = new Float64Array(rankCount);
  addSteps(1, wholeWords, false, translation);
  const first = reuse.first[cell]!;
  const firstFactor = first < 0 ? 1 : nest.factor[first]!;
  let inner = 1;
  const all = state.visits[l]!;
  for (let level = l; level >= 0; level--) {
    for (let i = nest.startTemporal[level]!; i < nest.end[level]!; i++) {
      const n = nest.factor[i]!;
      if (n === 1) continue;
      const d = nest.dim[i]!;
      const rank = rankOf[t * dimCount + d]!;
      const step = coefficientOf[t * dimCount + d]! * inside[i]!;
      if (i === first) {
        if (rank >= 0) firstTranslation[rank - rankBase] = step;
        addSteps(n - 1, stepWords, isMac || sameWords, firstTranslation);
      } else {
        for (let r = 0; r < rankCount; r++) translation[r] = -rankTotal[r]!;
        if (rank >= 0) translation[rank - rankBase]! += step;
        let reused = i < reuse.end[cell]!;
        for (let c = 0; c < reuse.coincidentCount[cell]!; c++) {
          if (reuse.coincident[cell * loopCapacity + c] === i) reused = true;
        }
        const carries = (n - 1) * iterationsFrom(state, nest, level, i + 1, all / (inner * n));
        addSteps(carries, reused ? stepWords : wholeWords, isMac || reused || sameWords, translation);
        addSteps((firstFactor - 1) * carries, stepWords, isMac || reused || sameWords, firstTranslation);
      }
      if (rank >= 0) rankTotal[rank - rankBase]! += step;
      inner *= n;
    }
  }
  let read = 0;
  let received = 0;
  // Summed as Timeloop does, term by term in doubles: the floor of R7 sees the rounding.
  wordsOf.forEach((words, m) => {
    read += words;
    received += (words * m) / elements;
  });
  state.fetched[cell] = received;
  state.groups[cell] = read / received;
  return handedOver;
}

/** Columns and rows by which children are numbered: the physical fan-out, or the loops where they exceed it. */
function mesh(nest: LoopNest, machine: Machine, l: number): { columns: number; rows: number } {
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
