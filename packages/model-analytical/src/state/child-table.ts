/**
 * The children of one instance of a level, by the tile of a tensor that each holds: see `spreadChildren`. A state has
 * one table and lays out one set of children after the other in it.
 */
export interface ChildTable {
  count: number;
  /** Offset of every child as one number: mixed radix over the ranks, wide enough for differences of either sign. */
  offsets: Float64Array;
  /** Group of every child, numbered from 0. */
  groupOf: Int32Array;
  groupCount: number;
  /** Per rank of the tensor: what an offset of 1 counts in `offsets`, and the largest offset there is. */
  pitch: Float64Array;
  span: Float64Array;
  /**
   * Open addressing: the first child of a group plus 1, or 0. A power of two, at least twice the number of children.
   */
  slots: Int32Array;
  readersOfGroup: Int32Array;
}

/** A table with room for some children. */
export function childTable(): ChildTable {
  const table: ChildTable = {
    count: 0,
    offsets: new Float64Array(0),
    groupOf: new Int32Array(0),
    groupCount: 0,
    pitch: new Float64Array(0),
    span: new Float64Array(0),
    slots: new Int32Array(0),
    readersOfGroup: new Int32Array(0),
  };
  makeRoom(table, 64);
  return table;
}

/** Makes the table large enough for so many children. */
export function makeRoom(table: ChildTable, count: number): void {
  if (count <= table.offsets.length) return;
  let size = 64;
  while (size < count) size *= 2;
  table.offsets = new Float64Array(size);
  table.groupOf = new Int32Array(size);
  table.readersOfGroup = new Int32Array(size);
  table.slots = new Int32Array(2 * size);
}
