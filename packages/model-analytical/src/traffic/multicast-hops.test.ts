import { expect, it } from "vitest";
import { childTable } from "../state/child-table.js";
import { multicastHops } from "./multicast-hops.js";

/** Children in the order of their numbers, by group. */
function children(groupOf: readonly number[]) {
  return {
    ...childTable(),
    count: groupOf.length,
    groupOf: Int32Array.from(groupOf),
    groupCount: Math.max(...groupOf) + 1,
  };
}

it("a word goes along the middle row to its farthest column, and up and down where it is taken", () => {
  // 3 columns and 3 rows: everyone takes it. Two hops along row 1, and one up and one down in each of 3 columns.
  expect(multicastHops(children([0, 0, 0, 0, 0, 0, 0, 0, 0]), null, 3, 3)).toEqual(new Map([[9, 2 + 3 * 2]]));
  // One group a row: each goes to column 2; those of the first and last row go up or down in all three columns.
  expect(multicastHops(children([0, 0, 0, 1, 1, 1, 2, 2, 2]), null, 3, 3)).toEqual(new Map([[3, (5 + 2 + 5) / 3]]));
  // Groups of different sizes are averaged apart; who is served otherwise is left out.
  expect(multicastHops(children([0, 0, 1, 1]), (i) => i === 3, 4, 1)).toEqual(
    new Map([
      [2, 1],
      [1, 2],
    ]),
  );
});

it("between two middle rows a word goes half a row either way", () => {
  expect(multicastHops(children([0, 0]), null, 1, 2)).toEqual(new Map([[2, 1]]));
  expect(multicastHops(children([0, 1]), null, 1, 2)).toEqual(new Map([[1, 0.5]]));
});
