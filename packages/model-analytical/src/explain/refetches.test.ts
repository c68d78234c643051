import { describe, expect, it } from "vitest";
import { slidingProblem, smallCase } from "../../test/small-case.js";
import { evaluate } from "../evaluate/evaluate.js";
import { explainMapping } from "./explain-mapping.js";

/** Weights move with R and K, Inputs with P and R, Outputs with P and K. */
const problem = slidingProblem({ P: 4, R: 3, K: 2 });
const run = (temporal: readonly (readonly [string, number])[]) => smallCase(problem, [{ temporal }, { temporal: [] }]);

describe("refetches", () => {
  it("name the loops that fetch a tensor anew, and what one of them inside would do", () => {
    const { architecture, mapping } = run([
      ["P", 4],
      ["K", 2],
      ["R", 3],
    ]);
    const { refetches, evaluation } = explainMapping(problem, architecture, mapping);
    const weights = refetches.find(({ tensor }) => tensor === "Weights")!;
    expect(weights).toMatchObject({ times: 4, loops: [{ level: "L0", dim: "P", factor: 4 }], isOutput: false });
    // P inside: every weight is read once, by a count of the mapping that has it there.
    const inside = run([
      ["K", 2],
      ["R", 3],
      ["P", 4],
    ]);
    const other = evaluate(problem, inside.architecture, inside.mapping);
    expect(weights.moved!.times).toBe(1);
    expect(weights.moved!.energy).toBe(other.energyPj / evaluation.energyPj);
    expect(weights.moved!.cycles).toBe(other.cycles / evaluation.cycles);
    // Sums are complete before they leave: no loop of the outputs is among them.
    expect(refetches.some(({ tensor }) => tensor === "Outputs")).toBe(false);
  });

  it("count partial sums that leave again and again", () => {
    const { architecture, mapping } = run([
      ["R", 3],
      ["P", 4],
      ["K", 2],
    ]);
    const { refetches } = explainMapping(problem, architecture, mapping);
    const outputs = refetches.find(({ tensor }) => tensor === "Outputs")!;
    expect(outputs).toMatchObject({ times: 3, isOutput: true, loops: [{ dim: "R", factor: 3 }] });
    expect(outputs.moved!.times).toBe(1);
  });
});
