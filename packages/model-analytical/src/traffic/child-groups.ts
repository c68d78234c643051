import type { LoopNest } from "@loopnest/mapspace";
import { type ChildTable, childTable, makeRoom } from "../state/child-table.js";
import type { NestState } from "../state/nest-state.js";

/** A step's readers: how many groups have how many children to read for, smallest first, and their sums. */
export interface Readers {
  readonly sizes: readonly number[];
  readonly groupsOfSize: readonly number[];
  readonly groups: number;
  readonly children: number;
}

/**
 * Lays out the children below one instance of level l, by the tile of tensor t that each holds; factors must be
 * integers.
 *
 * Child i has the offset o_i = sum of index * step over the spatial loops of the level. Children are numbered linearly,
 * the innermost loop fastest. Children of equal offset form a group: one read serves them all (R5).
 *
 * @returns The table of the state, overwritten by its next call.
 */
export function spreadChildren(state: NestState, nest: LoopNest, t: number, l: number): ChildTable {
  const { shape, inside } = state;
  const { dimCount, rankOf, coefficientOf } = shape;
  const count = state.spatial[l]!;
  state.children ??= childTable();
  const { children } = state;
  makeRoom(children, count);
  const rankBase = shape.rankStart[t]!;
  const rankCount = shape.rankStart[t + 1]! - rankBase;
  const pitch = new Float64Array(rankCount);
  const span = new Float64Array(rankCount);
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    const cell = t * dimCount + nest.dim[i]!;
    if (rankOf[cell]! >= 0)
      span[rankOf[cell]! - rankBase]! += coefficientOf[cell]! * inside[i]! * (nest.factor[i]! - 1);
  }
  let radix = 1;
  for (let r = 0; r < rankCount; r++) {
    pitch[r] = radix;
    radix *= 2 * span[r]! + 1;
  }
  const { offsets } = children;
  offsets[0] = 0;
  let laid = 1;
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    const cell = t * dimCount + nest.dim[i]!;
    const rank = rankOf[cell]!;
    const step = rank < 0 ? 0 : coefficientOf[cell]! * inside[i]! * pitch[rank - rankBase]!;
    const n = nest.factor[i]!;
    for (let k = 1; k < n; k++) for (let j = 0; j < laid; j++) offsets[k * laid + j] = offsets[j]! + k * step;
    laid *= n;
  }
  children.count = count;
  children.pitch = pitch;
  children.span = span;
  children.groupCount = numberGroups(children);
  return children;
}

/** Gives children of equal offset the same number and returns how many groups there are. */
function numberGroups({ count, offsets, groupOf, slots }: ChildTable): number {
  let size = 2;
  while (size < 2 * count) size *= 2;
  const mask = size - 1;
  const shift = Math.clz32(size) + 1;
  slots.fill(0, 0, size);
  let groups = 0;
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    // Fibonacci hashing (Knuth, vol. 3, 6.4).
    let at = Math.imul(offset, 0x9e3779b1) >>> shift;
    while (slots[at] !== 0 && offsets[slots[at]! - 1] !== offset) at = (at + 1) & mask;
    if (slots[at] === 0) {
      slots[at] = i + 1;
      groupOf[i] = groups++;
    } else groupOf[i] = groupOf[slots[at]! - 1]!;
  }
  return groups;
}

/** Groups left to read for, without the children that are `served` otherwise. */
export function readers(children: ChildTable, served: ((i: number) => boolean) | null): Readers {
  const { count, groupOf, groupCount, readersOfGroup } = children;
  readersOfGroup.fill(0, 0, groupCount);
  let reading = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    if (served?.(i)) continue;
    reading++;
    const size = ++readersOfGroup[groupOf[i]!]!;
    if (size > largest) largest = size;
  }
  let groups = 0;
  const ofSize = new Array<number>(largest + 1).fill(0);
  for (let g = 0; g < groupCount; g++) {
    if (readersOfGroup[g] === 0) continue;
    groups++;
    ofSize[readersOfGroup[g]!]!++;
  }
  const sizes = ofSize.flatMap((found, size) => (found > 0 ? [size] : []));
  return { sizes, groupsOfSize: sizes.map((size) => ofSize[size]!), groups, children: reading };
}

/** A translation in the radix of the offsets, or NaN if it is farther than any two children lie apart. */
export function translationKey({ pitch, span }: ChildTable, translation: Float64Array): number {
  let key = 0;
  for (let r = 0; r < translation.length; r++) {
    if (Math.abs(translation[r]!) > span[r]!) return Number.NaN;
    key += translation[r]! * pitch[r]!;
  }
  return key;
}

/**
 * Whether a neighbour of child i held, before a step, the tile that child i wants after it. Neighbours are i-1, i+1,
 * i-h, i+h in a mesh of h columns.
 */
export function neighbourServes({ count, offsets }: ChildTable, translation: number, columns: number, rows: number) {
  const holds = (j: number, wanted: number) => j >= 0 && j < count && offsets[j] === wanted;
  return (i: number): boolean => {
    const wanted = offsets[i]! + translation;
    const column = i % columns;
    return (
      (column > 0 && holds(i - 1, wanted)) ||
      (column < columns - 1 && holds(i + 1, wanted)) ||
      (rows > 1 && (holds(i - columns, wanted) || holds(i + columns, wanted)))
    );
  };
}
