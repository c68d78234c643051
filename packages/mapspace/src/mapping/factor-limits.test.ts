import { expect, it } from "vitest";
import type { FactorLimit, Target } from "../hardware/target.js";
import { factorizations } from "../numbers/factorizations.js";
import { conv } from "../problem/conv.js";
import { gemmini } from "../targets/index.js";
import { isSmallest } from "./factor-limits.js";
import { makeMapspace } from "./mapspace.js";
import { pointFromMapping } from "./point-from-mapping.js";
import { tilings } from "./tilings.js";

const layer = conv({ R: 1, S: 1, P: 8, Q: 1, C: 16, K: 12 });

/** Gemmini with limits at its accumulator. */
function limited(...factors: FactorLimit[]): Target {
  const levels = gemmini.levels.map((level) =>
    level.name === "Accumulator" ? { ...level, space: { ...level.space, factors } } : level,
  );
  return { ...gemmini, levels };
}

it("tilings are all that keep to the limits of their slots", () => {
  const space = makeMapspace(
    limited({ dim: "C", kind: "X", least: 4, most: 4 }, { dim: "K", kind: "temporal", most: 3 }),
    layer,
  );
  const [P, C, K] = ["P", "C", "K"].map((dim) => space.shape.dims.indexOf(dim)) as [number, number, number];
  expect(tilings(space, P)[0]).toHaveLength(factorizations(8, 2).length);
  // Over columns 4, then in time at the accumulator and at DRAM.
  expect(tilings(space, C)[0]!.map((factors) => [...factors])).toEqual([
    [4, 1, 4],
    [4, 2, 2],
    [4, 4, 1],
  ]);
  expect(tilings(space, K)[0]).toEqual(factorizations(12, 3).filter(([inner]) => inner! <= 3));
});

it("a mapspace begins with the smallest tiles within its limits", () => {
  const space = makeMapspace(limited({ dim: "C", kind: "X", least: 4, most: 4 }), layer);
  const nest = space.nest();
  space.slotsOf.forEach((slots, d) => {
    const own = slots.map((slot) => nest.factor[slot]!);
    expect(isSmallest(own, tilings(space, d).flat())).toBe(true);
  });
});

it("limits that leave nothing, or no smallest tile, are refused by name", () => {
  const make = (...limits: FactorLimit[]) => makeMapspace(limited(...limits), layer);
  expect(() => make({ dim: "K", kind: "temporal", least: 8, most: 8 })).toThrow(
    "gemmini limits the factors of K so that none multiply to 12",
  );
  expect(() => make({ dim: "R", kind: "temporal", least: 3 })).toThrow(
    "gemmini asks for a factor of R of at least 3 at Accumulator, its bound is 1",
  );
  const dram = gemmini.levels.map((level, l) =>
    l === 0
      ? { ...level, space: { ...level.space, factors: [{ dim: "P", kind: "temporal" as const, most: 2 }] } }
      : level,
  );
  expect(makeMapspace({ ...gemmini, levels: dram }, layer).nest().factor).toContain(4);
});

it("a mapping beyond the limits is no point of the mapspace", () => {
  const mapping = (columns: number) =>
    gemmini.levels.map(({ name, keeps }) => ({
      level: name,
      keeps,
      temporal:
        name === "DRAM"
          ? ([
              ["K", 12],
              ["P", 8],
              ["C", 16 / columns],
            ] as const)
          : [],
      spatial: name === "Accumulator" ? ([["C", columns, "X"]] as const) : [],
    }));
  const space = makeMapspace(limited({ dim: "C", kind: "X", least: 4, most: 4 }), layer);
  expect(() => pointFromMapping(space, mapping(8) as never)).toThrow(
    "gemmini limits the X loop of C at Accumulator: its factor is 8; make it 4",
  );
  const { nest } = pointFromMapping(space, mapping(4) as never);
  expect([...nest.factor].filter((factor) => factor > 1).sort((a, b) => a - b)).toEqual([4, 4, 8, 12]);
});
