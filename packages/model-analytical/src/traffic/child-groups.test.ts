import { emptyNest, type Problem, problemShape } from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { walkExtents } from "../state/extents.js";
import { nestState } from "../state/nest-state.js";
import { neighbourServes, readers, spreadChildren, translationKey } from "./child-groups.js";

const problem: Problem = {
  name: "window",
  dims: { P: 999, R: 999, C: 999, K: 999 },
  tensors: [
    {
      name: "Inputs",
      role: "input",
      ranks: [
        [
          ["P", 2],
          ["R", 3],
        ],
        [["C", 1]],
      ],
    },
  ],
};
const [P, R, C, K] = [0, 1, 2, 3] as const;

/** One level that unrolls P, C over columns and R, K over rows, around a tile of given extents. */
function unrolled(spatial: { P: number; C: number; R: number; K: number }, tile: { P: number; R: number }) {
  const shape = problemShape(problem);
  const nest = emptyNest([
    { x: [P, C], y: [R, K], temporal: [], keeps: 1 },
    { x: [], y: [], temporal: [P, R], keeps: 1 },
  ]);
  nest.factor.set([tile.P, tile.R, spatial.P, spatial.C, spatial.R, spatial.K]);
  const state = nestState(shape, nest, "timeloop-2025", null);
  walkExtents(state, nest);
  return { state, nest };
}

const factor = (max: number) => fc.integer({ min: 1, max });

describe("spreadChildren", () => {
  it("puts children of equal offset, and no others, into one group", () => {
    fc.assert(
      fc.property(
        fc.record({ P: factor(9), C: factor(5), R: factor(6), K: factor(4) }),
        fc.record({ P: factor(5), R: factor(5) }),
        (spatial, tile) => {
          const { state, nest } = unrolled(spatial, tile);
          const children = spreadChildren(state, nest, 0, 0);
          const seen = new Map<string, number>();
          let i = 0;
          for (let k = 0; k < spatial.K; k++)
            for (let r = 0; r < spatial.R; r++)
              for (let c = 0; c < spatial.C; c++)
                for (let p = 0; p < spatial.P; p++, i++) {
                  const offset = `${2 * tile.P * p + 3 * tile.R * r},${c}`;
                  if (!seen.has(offset)) seen.set(offset, seen.size);
                  expect(children.groupOf[i]).toBe(seen.get(offset));
                }
          expect(children.count).toBe(i);
          expect(children.groupCount).toBe(seen.size);
          const { groups, children: reading, sizes, groupsOfSize } = readers(children, null);
          expect([groups, reading]).toEqual([seen.size, i]);
          expect(sizes.reduce((sum, size, s) => sum + size * groupsOfSize[s]!, 0)).toBe(i);
        },
      ),
    );
  });

  it("takes more children than any call before", () => {
    const { state, nest } = unrolled({ P: 512, C: 256, R: 1, K: 2 }, { P: 1, R: 1 });
    const children = spreadChildren(state, nest, 0, 0);
    expect(children.groupCount).toBe(512 * 256);
    expect(readers(children, null)).toEqual({
      sizes: [2],
      groupsOfSize: [512 * 256],
      groups: 512 * 256,
      children: 512 * 512,
    });
  });

  it("serves a child from a neighbour that held its tile, in the same row or column", () => {
    // Columns: P 0..3, a step of 2 words each. After a step of 2 every child but the last has its neighbour's old tile.
    const { state, nest } = unrolled({ P: 4, C: 1, R: 1, K: 1 }, { P: 1, R: 1 });
    const children = spreadChildren(state, nest, 0, 0);
    const key = translationKey(children, Float64Array.of(2, 0));
    const serves = neighbourServes(children, key, 4, 1);
    expect([0, 1, 2, 3].map(serves)).toEqual([true, true, true, false]);
    // As 2 x 2 the second child's right neighbour is in the next row.
    expect([0, 1, 2, 3].map(neighbourServes(children, key, 2, 2))).toEqual([true, false, true, false]);
    expect(translationKey(children, Float64Array.of(8, 0))).toBeNaN();
  });
});
