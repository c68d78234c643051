import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBySteps, type Evaluation, evaluate, type StepCounts } from "../src/index.js";
import { type Case, cases } from "./arbitrary-case.js";

/** Reads, updates and fills of every kept tensor, by level. */
function counts(found: Evaluation | StepCounts) {
  return Object.fromEntries(
    Object.entries(found.levels).map(([level, { tensors }]) => [
      level,
      Object.fromEntries(
        Object.entries(tensors).map(([tensor, { reads, updates, fills }]) => [tensor, { reads, updates, fills }]),
      ),
    ]),
  );
}

const closed = ({ problem, architecture, mapping }: Case) => evaluate(problem, architecture, mapping);
const walked = ({ problem, architecture, mapping }: Case, mode: "timeloop" | "physical") =>
  countBySteps(problem, architecture, mapping, mode);

describe("the closed form against the step counter", () => {
  it("equals Timeloop's rules walked step by step, every count of every kept tensor", () => {
    fc.assert(
      fc.property(cases(), (given) => {
        expect(counts(closed(given))).toEqual(counts(walked(given, "timeloop")));
      }),
      { numRuns: Number(process.env["RUNS"] ?? 400) },
    );
  });
});
