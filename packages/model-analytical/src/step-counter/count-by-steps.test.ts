import { describe, expect, it } from "vitest";
import { slidingProblem, smallCase } from "../../test/small-case.js";
import { countBySteps } from "./count-by-steps.js";

const { problem, architecture, mapping } = smallCase(slidingProblem({ P: 8, R: 3, K: 2 }), [
  {
    temporal: [
      ["K", 2],
      ["P", 4],
    ],
  },
  {
    temporal: [
      ["R", 3],
      ["P", 2],
    ],
    keeps: ["Inputs", "Outputs"],
  },
]);

describe("countBySteps", () => {
  it("counts in physical mode what a walk by hand counts", () => {
    const { levels } = countBySteps(problem, architecture, mapping, "physical");
    expect(levels["L0"]!.tensors).toEqual({
      // Passed by at L1: the MAC takes a weight in each of 48 steps.
      Weights: { reads: 48, updates: 0, fills: 0, finished: 0 },
      // Tiles of 4 words at 0, 2, 4, 6, twice; going back from 6 to 0 shares nothing.
      Inputs: { reads: 2 * (4 + 3 * 2), updates: 0, fills: 0, finished: 0 },
      // Tiles of 2 outputs, each visited once: none comes back, each word is written for the last time.
      Outputs: { reads: 0, updates: 16, fills: 0, finished: 16 },
    });
    expect(levels["L1"]!.tensors).toEqual({
      Inputs: { reads: 48, updates: 0, fills: 20, finished: 0 },
      Outputs: { reads: 48 - 16, updates: 48, fills: 0, finished: 0 },
    });
  });

  it("counts first visits of outputs as fills as Timeloop did in 2022", () => {
    const { levels, handedOver } = countBySteps(problem, architecture, mapping, "timeloop-2022");
    expect(levels["L1"]!.tensors["Outputs"]).toEqual({ reads: 48 - 16, updates: 48, fills: 16, finished: 0 });
    expect(handedOver).toEqual({ Weights: 0, Inputs: 0, Outputs: 0 });
  });

  it("counts none of them as Timeloop does today", () => {
    const { levels } = countBySteps(problem, architecture, mapping, "timeloop-2025");
    expect(levels["L1"]!.tensors["Outputs"]).toEqual({ reads: 48 - 16, updates: 48, fills: 0, finished: 0 });
  });

  it("refuses a walk that is too long, before it starts", () => {
    const large = smallCase(slidingProblem({ P: 10 ** 6, R: 3 }), [
      { temporal: [["P", 10 ** 6]] },
      { temporal: [["R", 3]] },
    ]);
    const count = () => countBySteps(large.problem, large.architecture, large.mapping, "physical");
    expect(count).toThrowError(
      expect.objectContaining({
        code: "unsupported",
        data: expect.objectContaining({ level: "L0", tensor: "Weights", needed: 10 ** 6, available: 100_000 }),
      }),
    );
    const tile = smallCase(slidingProblem({ P: 10 ** 6, R: 3 }), [
      {},
      {
        temporal: [
          ["P", 10 ** 6],
          ["R", 3],
        ],
      },
    ]);
    expect(() => countBySteps(tile.problem, tile.architecture, tile.mapping, "timeloop-2025")).toThrowError(/limit/);
    expect(() => countBySteps(problem, architecture, mapping, "timeloop-2025", 3)).toThrowError(/limit is 3/);
  });

  it("refuses a mapping that does not match the architecture", () => {
    expect(() => countBySteps(problem, architecture, mapping.slice(1), "physical")).toThrowError(
      expect.objectContaining({ code: "input" }),
    );
  });
});
