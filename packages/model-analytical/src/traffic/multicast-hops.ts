import type { ChildTable } from "../state/child-table.js";

/**
 * Hops of one word to all children of a group, averaged over the groups of each size, as Timeloop lays its multicast
 * tree.
 *
 * Children are numbered along the rows of a mesh of so many columns and rows. A word enters at column 0 of the middle
 * row, (rows - 1) / 2, goes along it to the farthest column of its group, and in every column that has a member up to
 * the topmost and down to the lowest one.
 *
 * @param served Children that get their words otherwise, and are left out.
 * @returns By the number of children in a group.
 */
export function multicastHops(
  { count, groupOf, groupCount }: Pick<ChildTable, "count" | "groupOf" | "groupCount">,
  served: ((i: number) => boolean) | null,
  columns: number,
  rows: number,
): Map<number, number> {
  const middle = (rows - 1) / 2;
  const members = Array.from({ length: groupCount }, (): number[] => []);
  for (let i = 0; i < count; i++) if (!served?.(i)) members[groupOf[i]!]!.push(i);
  const sums = new Map<number, { hops: number; groups: number }>();
  for (const group of members) {
    if (group.length === 0) continue;
    const sum = sums.get(group.length) ?? { hops: 0, groups: 0 };
    sums.set(group.length, { hops: sum.hops + treeHops(group, columns, middle), groups: sum.groups + 1 });
  }
  return new Map([...sums].map(([size, { hops, groups }]) => [size, hops / groups]));
}

/** Hops of the tree to some children, in ascending order. */
function treeHops(group: readonly number[], columns: number, middle: number): number {
  const reach = new Map<number, { top: number; bottom: number }>();
  for (const i of group) {
    const row = Math.floor(i / columns);
    const column = i % columns;
    reach.set(column, { top: reach.get(column)?.top ?? row, bottom: row });
  }
  let hops = Math.max(...reach.keys());
  for (const { top, bottom } of reach.values()) hops += Math.max(0, middle - top) + Math.max(0, bottom - middle);
  return hops;
}
