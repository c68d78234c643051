import type { LoopNest, Machine } from "@loopnest/mapspace";
import type { NestState } from "./nest-state.js";
import { iterationsFrom } from "./temporal-reuse.js";

/** Words below one instance of level l: read once per group, received per child on average, taken over from neighbours. */
export interface SharedTraffic {
  read: number;
  received: number;
  handedOver: number;
}

/** A step's readers: how many groups have m children to read for, and how many children those are. */
interface Readers {
  /** Entry m: groups of m children. */
  readonly groupsOf: ReadonlyMap<number, number>;
  readonly groups: number;
  readonly elements: number;
}

/**
 * Multicast and neighbour hand-over where tiles of children may coincide (R5, R6), element by element.
 *
 * Child i of one instance has the offset o_i = sum of index * step over the spatial loops of level l. Children of equal offset
 * form a group: one read, many receivers. In a step with translation T child i is served by a neighbour j that held its tile
 * before (o_j = o_i + T); neighbours are i-1, i+1, i-h, i+h in a linear numbering with h columns. A step uses hand-over only
 * if fewer groups are left to read, and only if its delta has the shape of the previous step's.
 *
 * Artefacts of Timeloop, followed: elements are numbered by the logical loops but decoded with the physical columns, and
 * tiles that merely overlap are not shared.
 *
 * @returns false, and nothing counted, between integers: there offsets are undefined and no hand-over is counted.
 */
export function handOver(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  t: number,
  l: number,
  out: SharedTraffic,
): boolean {
  const elements = state.spatial[l]!;
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) if (!Number.isInteger(nest.factor[i]!)) return false;
  const { shape, levelCount, reuse, loopCapacity, inside } = state;
  const { dimCount, rankOf, coefficientOf } = shape;
  const cell = t * levelCount + l;
  const rankBase = shape.rankStart[t]!;
  const rankCount = shape.rankStart[t + 1]! - rankBase;
  const isMac = l === levelCount - 1;

  const { offsets, pitch, span } = childOffsets(state, nest, t, l);
  const { columns, rows } = mesh(nest, machine, l);
  const everyone = readers(offsets, () => false);
  const wholeWords = reuse.wholeWords[cell]!;
  // A MAC unit fetches its point in every step, moved or not (R3).
  const stepWords = isMac ? wholeWords : reuse.stepWords[cell]!;
  const sameWords = wholeWords === stepWords;

  const wordsOf = new Map<number, number>();
  out.handedOver = 0;
  /** Adds `weight` steps of `words` with translation `by`. */
  const addSteps = (weight: number, words: number, eligible: boolean, by: Float64Array) => {
    if (weight === 0 || words === 0) return;
    let reading = everyone;
    if (eligible) {
      const unserved = readers(offsets, neighbourServes(offsets, translationKey(by, pitch, span), columns, rows));
      if (unserved.groups < everyone.groups) reading = unserved;
    }
    for (const [m, groups] of reading.groupsOf) wordsOf.set(m, (wordsOf.get(m) ?? 0) + groups * words * weight);
    out.handedOver += (elements - reading.elements) * words * weight;
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
  out.read = 0;
  out.received = 0;
  // Summed as Timeloop does, term by term in doubles: the floor of R7 sees the rounding.
  for (const m of [...wordsOf.keys()].sort((a, b) => a - b)) {
    out.read += wordsOf.get(m)!;
    out.received += (wordsOf.get(m)! * m) / elements;
  }
  return true;
}

/** Offsets of all children as one number each: mixed radix over the ranks, wide enough for differences of either sign. */
function childOffsets(state: NestState, nest: LoopNest, t: number, l: number) {
  const { shape, inside } = state;
  const { dimCount, rankOf, coefficientOf } = shape;
  const rankBase = shape.rankStart[t]!;
  const rankCount = shape.rankStart[t + 1]! - rankBase;
  /** Largest offset in every rank. */
  const span = new Float64Array(rankCount);
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    const d = nest.dim[i]!;
    const rank = rankOf[t * dimCount + d]!;
    if (rank >= 0) span[rank - rankBase]! += coefficientOf[t * dimCount + d]! * inside[i]! * (nest.factor[i]! - 1);
  }
  const pitch = new Float64Array(rankCount);
  let radix = 1;
  for (let r = 0; r < rankCount; r++) {
    pitch[r] = radix;
    radix *= 2 * span[r]! + 1;
  }
  let offsets = [0];
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    const d = nest.dim[i]!;
    const rank = rankOf[t * dimCount + d]!;
    const step = rank < 0 ? 0 : coefficientOf[t * dimCount + d]! * inside[i]! * pitch[rank - rankBase]!;
    const inner = offsets;
    offsets = [];
    for (let k = 0; k < nest.factor[i]!; k++) for (const offset of inner) offsets.push(offset + k * step);
  }
  return { offsets, pitch, span };
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

/** A translation in the offsets' radix, or NaN if it is farther than any two children lie apart. */
function translationKey(translation: Float64Array, pitch: Float64Array, span: Float64Array): number {
  let key = 0;
  for (let r = 0; r < translation.length; r++) {
    if (Math.abs(translation[r]!) > span[r]!) return Number.NaN;
    key += translation[r]! * pitch[r]!;
  }
  return key;
}

/** Whether a neighbour of child i held, before the step, the tile that child i wants after it. */
function neighbourServes(offsets: readonly number[], translation: number, columns: number, rows: number) {
  return (i: number): boolean => {
    const wanted = offsets[i]! + translation;
    return (
      (i % columns > 0 && offsets[i - 1] === wanted) ||
      (i % columns < columns - 1 && offsets[i + 1] === wanted) ||
      (rows > 1 && (offsets[i - columns] === wanted || offsets[i + columns] === wanted))
    );
  };
}

/** Groups of children of equal offset, leaving out the children that are served otherwise. */
function readers(offsets: readonly number[], served: (i: number) => boolean): Readers {
  const children = new Map<number, number>();
  let elements = 0;
  for (let i = 0; i < offsets.length; i++) {
    if (served(i)) continue;
    elements++;
    children.set(offsets[i]!, (children.get(offsets[i]!) ?? 0) + 1);
  }
  const groupsOf = new Map<number, number>();
  for (const m of children.values()) groupsOf.set(m, (groupsOf.get(m) ?? 0) + 1);
  return { groupsOf, groups: children.size, elements };
}
