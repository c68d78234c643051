import { factorizations, type Mapping, type Problem, primeFactors } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import type { Case } from "../../test/arbitrary-case.js";
import { goldenRecords, trimmedRecords } from "../../test/golden-records.js";
import { slidingProblem, smallCase } from "../../test/small-case.js";
import { evaluate } from "../evaluate/evaluate.js";
import { explainRejection } from "./explain-rejection.js";
import { nearestMapping } from "./nearest-mapping.js";

/** Factors of a dimension by place, as text: `level kind`. */
function factorsOf(mapping: Mapping, dim: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const { level, temporal, spatial } of mapping) {
    for (const [of, factor] of temporal) if (of === dim) found.set(`${level} temporal`, factor);
    for (const [of, factor, axis] of spatial) if (of === dim) found.set(`${level} ${axis}`, factor);
  }
  return found;
}

/** Primes that have to move, appear or vanish on the way from one mapping to another. */
function distance(problem: Problem, a: Mapping, b: Mapping): number {
  let moves = 0;
  for (const dim of Object.keys(problem.dims)) {
    const from = factorsOf(a, dim);
    const to = factorsOf(b, dim);
    const gained = new Map<number, number>();
    const lost = new Map<number, number>();
    for (const place of new Set([...from.keys(), ...to.keys()])) {
      const before = primeFactors(from.get(place) ?? 1);
      for (const prime of primeFactors(to.get(place) ?? 1)) {
        const at = before.indexOf(prime);
        if (at >= 0) before.splice(at, 1);
        else gained.set(prime, (gained.get(prime) ?? 0) + 1);
      }
      for (const prime of before) lost.set(prime, (lost.get(prime) ?? 0) + 1);
    }
    for (const prime of new Set([...gained.keys(), ...lost.keys()])) {
      moves += Math.max(gained.get(prime) ?? 0, lost.get(prime) ?? 0);
    }
  }
  return moves;
}

const hardware = { capacityWords: 10 };
const problem = slidingProblem({ P: 8, R: 3, K: 4 });
const wide = (inner: Mapping[number]["temporal"], outer: Mapping[number]["temporal"]): Case =>
  smallCase(problem, [
    { temporal: outer, spatial: [["K", 2, "X"]], fanOut: [2, 1] },
    { temporal: inner, hardware },
  ]);

/** Every way to write the three bounds over L0's columns, L0 and L1 in time. */
function everyTiling(): Mapping[] {
  const all: Mapping[] = [];
  for (const [p0, p1, px] of factorizations(8, 3))
    for (const [r0, r1, rx] of factorizations(3, 3))
      for (const [k0, k1, kx] of factorizations(4, 3)) {
        const mapping = wide([], []).mapping;
        all.push([
          {
            ...mapping[0]!,
            temporal: [
              ["P", p0!],
              ["R", r0!],
              ["K", k0!],
            ],
            spatial: [
              ["P", px!, "X"],
              ["R", rx!, "X"],
              ["K", kx!, "X"],
            ],
          },
          {
            ...mapping[1]!,
            temporal: [
              ["P", p1!],
              ["R", r1!],
              ["K", k1!],
            ],
          },
        ]);
      }
  return all;
}

const fits = ({ problem, architecture }: Case, mapping: Mapping): boolean => {
  try {
    evaluate(problem, architecture, mapping);
    return true;
  } catch {
    return false;
  }
};

describe("nearestMapping", () => {
  it("is as near as the nearest of all mappings", () => {
    const given = [
      wide(
        [
          ["P", 8],
          ["R", 3],
          ["K", 2],
        ],
        [],
      ),
      wide(
        [
          ["R", 3],
          ["P", 4],
          ["K", 2],
        ],
        [["P", 2]],
      ),
      wide([["R", 3]], [["P", 4]]),
      wide(
        [
          ["P", 8],
          ["R", 9],
          ["K", 2],
        ],
        [],
      ),
    ];
    for (const one of given) {
      const nearest = nearestMapping(one.problem, one.architecture, one.mapping)!;
      expect(fits(one, nearest.mapping)).toBe(true);
      const least = Math.min(
        ...everyTiling()
          .filter((mapping) => fits(one, mapping))
          .map((mapping) => distance(problem, one.mapping, mapping)),
      );
      expect([nearest.moves, nearest.proven]).toEqual([least, true]);
      expect(distance(problem, one.mapping, nearest.mapping)).toBe(nearest.moves);
    }
  });

  it("is the mapping itself if that fits", () => {
    const { architecture, mapping } = wide(
      [["R", 3]],
      [
        ["P", 8],
        ["K", 2],
      ],
    );
    expect(nearestMapping(problem, architecture, mapping)).toMatchObject({ moves: 0, changes: [] });
  });

  it("lets a tensor pass a level by only if nothing else helps", () => {
    const { architecture, mapping } = smallCase(problem, [
      {
        temporal: [
          ["P", 8],
          ["R", 3],
          ["K", 4],
        ],
      },
      { hardware: { capacityWords: 2 } },
    ]);
    const nearest = nearestMapping(problem, architecture, mapping)!;
    expect(nearest.moves).toBe(1);
    expect(nearest.changes).toEqual([{ tensor: expect.any(String), level: "L1", kept: false }]);
  });

  it("says so if there is none", () => {
    const { architecture, mapping } = smallCase(problem, [
      {
        temporal: [
          ["P", 8],
          ["R", 3],
          ["K", 4],
        ],
        hardware: { capacityWords: 1 },
      },
    ]);
    expect(nearestMapping(problem, architecture, mapping)).toBeNull();
  });
});

describe("explainRejection", () => {
  it("finds for every mapping that Timeloop rejects why, and one nearby that fits", () => {
    for (const record of goldenRecords(trimmedRecords, "rejected")) {
      const { problem, architecture, mapping, error, id } = record;
      const explained = explainRejection(problem, architecture, mapping)!;
      expect(explained.reasons[0]!.code, id).toBe(error);
      for (const { code, needed, available } of explained.reasons) {
        if (code === "factors") expect(needed).not.toBe(available);
        else expect(needed).toBeGreaterThan(available!);
      }
      const { nearest } = explained;
      expect(nearest, id).not.toBeNull();
      expect(evaluate(problem, architecture, nearest!.mapping)).toEqual(nearest!.evaluation);
      if (nearest!.changes.every((change) => "dim" in change)) {
        expect(distance(problem, mapping, nearest!.mapping), id).toBe(nearest!.moves);
      }
    }
  });

  it("is null for a mapping that fits", () => {
    const { architecture, mapping } = wide(
      [["R", 3]],
      [
        ["P", 8],
        ["K", 2],
      ],
    );
    expect(explainRejection(problem, architecture, mapping)).toBeNull();
  });
});
