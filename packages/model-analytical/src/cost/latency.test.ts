import type { StorageLevel } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { slidingProblem, smallCase } from "../../test/small-case.js";
import { evaluate } from "../evaluate/evaluate.js";

/** 24 steps; the buffer reads Weights 24, Inputs 24, Outputs 24 - 8; writes Outputs 24 and fills 3, 8 + 2 and 8. */
function run(bandwidthWordsPerCycle: StorageLevel["bandwidthWordsPerCycle"]) {
  const { problem, architecture, mapping } = smallCase(slidingProblem({ P: 8, R: 3 }), [
    {},
    {
      temporal: [
        ["P", 8],
        ["R", 3],
      ],
      hardware: { bandwidthWordsPerCycle },
    },
  ]);
  return evaluate(problem, architecture, mapping, "timeloop-2022");
}

describe("cycles", () => {
  it("are those of the MACs if nothing limits", () => {
    expect(run(null)).toMatchObject({ computeCycles: 24, cycles: 24, utilization: 1 });
    expect(run({ shared: 100 }).levels["L1"]!.cycles).toBe(24);
  });

  it("are stretched by the port that is most in demand", () => {
    const reads = 24 + 24 + 16;
    const writes = 24 + 3 + 10 + 8;
    expect(run({ shared: 2 }).cycles).toBe(Math.ceil((reads + writes) / 2));
    expect(run({ read: 1, write: 100 }).cycles).toBe(reads);
    expect(run({ read: 100, write: 1 }).cycles).toBe(writes);
    expect(run({ read: 1, write: 0.5 }).cycles).toBe(2 * writes);
  });

  it("are those of the slowest level", () => {
    const found = run({ read: 1, write: 1 });
    expect(found.levels["L0"]!.cycles).toBe(24);
    expect(found.cycles).toBe(found.levels["L1"]!.cycles);
    expect(found.utilization).toBe(24 / 64);
  });
});
