import { expect, it } from "vitest";
import { slidingProblem, smallCase } from "../../test/small-case.js";
import { evaluate } from "../evaluate/evaluate.js";

it("rounds accesses of every kind up to whole rows, by instance", () => {
  // Below 2 instances in K: each reads Inputs 3 times from its own tile of 3 and fills 3 words.
  const { problem, architecture, mapping } = smallCase(slidingProblem({ P: 1, R: 3, K: 2 }), [
    { spatial: [["K", 2, "X"]] },
    { temporal: [["R", 3]], hardware: { blockSize: 2, energyPerVectorAccessPj: 10 } },
  ]);
  const found = evaluate(problem, architecture, mapping, "timeloop-2022");
  const rows = (words: number) => Math.ceil(words / 2);
  expect(found.levels["L1"]!.tensors["Inputs"]).toMatchObject({
    perInstance: { reads: 3, updates: 0, fills: 3 },
    energyPj: 2 * 10 * (rows(3) + rows(3)),
  });
  // The partial sum of one word: 3 updates, 2 of them read it back, 1 fill (the first visit).
  expect(found.levels["L1"]!.tensors["Outputs"]).toMatchObject({
    perInstance: { reads: 2, updates: 3, fills: 1 },
    energyPj: 2 * 10 * (rows(2) + rows(3) + rows(1)),
  });
});

it("adds up over MACs, levels and tensors", () => {
  const { problem, architecture, mapping } = smallCase(slidingProblem({ P: 4, R: 3, K: 2 }), [
    { temporal: [["K", 2]] },
    {
      temporal: [
        ["P", 4],
        ["R", 3],
      ],
    },
  ]);
  const found = evaluate(problem, architecture, mapping);
  const parts = Object.values(found.levels).flatMap(({ tensors }) =>
    Object.values(tensors).map(({ energyPj }) => energyPj),
  );
  expect(found.computeEnergyPj).toBe(24);
  expect(found.energyPj).toBeCloseTo(24 + parts.reduce((sum, part) => sum + part, 0), 9);
});
