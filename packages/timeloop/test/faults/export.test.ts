import { conv, matmul, type Problem } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { exportTimeloop, importTimeloop, writeArchitecture, writeMapping, writeProblem } from "../../src/index.js";
import { fault, fixture } from "../fixture-files.js";

const { architecture, problem, mapping } = importTimeloop(fixture("weight-stationary-v03"));

describe("what Timeloop cannot take", () => {
  it("is refused with its path", () => {
    const big = {
      ...architecture,
      levels: architecture.levels.map((level, l) => (l === 1 ? { ...level, capacityWords: 2 ** 32 } : level)),
    };
    expect(fault(() => writeArchitecture(big, problem))).toContain(
      "architecture.levels[1].capacityWords: 4294967296 is more than the 32 bits",
    );
    const named = {
      ...architecture,
      levels: architecture.levels.map((level, l) => (l === 1 ? { ...level, name: "L.2" } : level)),
    };
    expect(fault(() => writeArchitecture(named, problem))).toContain(
      'architecture.levels[1].name: Timeloop cannot read the name "L.2"',
    );
    const letters: Problem = { ...matmul({ m: 2, n: 2, k: 2 }), dims: { batch: 2 } };
    expect(fault(() => writeProblem(letters))).toContain("problem.dims.batch: dimension batch");
    expect(fault(() => writeMapping(mapping!.slice(1), architecture, problem))).toContain(
      "the levels are Buffer, WeightRegister",
    );
    expect(
      fault(() => exportTimeloop({ architecture, problem: conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1 }), mapping: [] })),
    ).toContain("mapping: the levels are");
  });
});
