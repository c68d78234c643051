import { LoopnestError } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import type { Case } from "../../test/arbitrary-case.js";
import { type SmallLevel, slidingProblem, smallCase } from "../../test/small-case.js";
import { evaluate } from "../evaluate/evaluate.js";

const problem = slidingProblem({ P: 8, R: 3, K: 4 });
const outer: SmallLevel = {
  temporal: [
    ["P", 4],
    ["K", 4],
  ],
};
const inner: SmallLevel = {
  temporal: [
    ["R", 3],
    ["P", 2],
  ],
};

/** The data of the error with which a mapping is rejected. */
function rejection({ problem, architecture, mapping }: Case) {
  try {
    evaluate(problem, architecture, mapping);
  } catch (error) {
    if (error instanceof LoopnestError) return error.data;
    throw error;
  }
  throw new Error("accepted");
}

describe("checkFeasible", () => {
  it("names a level without fan-out", () => {
    const given = smallCase(problem, [
      { ...outer, temporal: [["P", 4]], spatial: [["K", 4, "X"]], fanOut: [1, 1] },
      inner,
    ]);
    expect(rejection(given)).toMatchObject({ code: "no-fanout", level: "L0", needed: 4, available: 1 });
  });

  it("names a dimension whose factors miss its bound", () => {
    const given = smallCase(problem, [outer, { temporal: [["R", 3]] }]);
    expect(rejection(given)).toMatchObject({ code: "factors", dim: "P", needed: 8, available: 4 });
  });

  it("names a tensor that is kept nowhere", () => {
    const keeps = ["Inputs", "Outputs"];
    const given = smallCase(problem, [
      { ...outer, keeps },
      { ...inner, keeps },
    ]);
    expect(rejection(given)).toMatchObject({ code: "unkept", tensor: "Weights" });
  });

  it("adds up fan-out over levels, and lets a level borrow what outer levels leave", () => {
    const spread = (first: readonly [number, number], second: readonly [number, number]) =>
      smallCase(problem, [
        { temporal: [["P", 2]], spatial: [["K", 4, "X"]], fanOut: first },
        {
          temporal: [
            ["R", 3],
            ["P", 2],
          ],
          spatial: [["P", 2, "Y"]],
          fanOut: second,
        },
        {},
      ]);
    expect(rejection(spread([4, 1], [2, 1]))).toMatchObject({
      code: "fanout",
      level: "compute",
      needed: 2,
      available: 1,
    });
    expect(rejection(spread([2, 2], [3, 1]))).toMatchObject({ code: "fanout", level: "L1", needed: 4, available: 2 });
    const { problem: same, architecture, mapping } = spread([4, 2], [2, 1]);
    expect(evaluate(same, architecture, mapping).utilization).toBe(0.5);
  });

  it("names the level that is too small, and the largest of its tensors", () => {
    // Weights 3, Inputs 4, Outputs 2.
    const given = smallCase(problem, [outer, { ...inner, hardware: { capacityWords: 8 } }]);
    expect(rejection(given)).toMatchObject({
      code: "capacity",
      level: "L1",
      tensor: "Inputs",
      needed: 9,
      available: 8,
    });
    const passed = smallCase(problem, [
      outer,
      { ...inner, keeps: ["Weights", "Inputs"], hardware: { capacityWords: 7 } },
    ]);
    expect(evaluate(passed.problem, passed.architecture, passed.mapping).macs).toBe(96);
  });
});
