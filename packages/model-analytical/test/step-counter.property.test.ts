import { type Counts, countsNames, type Problem, type Tensor } from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBySteps, evaluate, type StepMode } from "../src/index.js";
import { type Case, cases } from "./arbitrary-case.js";
import { wordCounts } from "./word-counts.js";

const closedForm = ({ problem, architecture, mapping }: Case, counts: Counts = "timeloop-2025") =>
  wordCounts(evaluate(problem, architecture, mapping, counts));
const walk = ({ problem, architecture, mapping }: Case, mode: StepMode) =>
  countBySteps(problem, architecture, mapping, mode, 1_000_000);

/** Whether some rank sums dimensions, so that tiles can overlap. */
function slides(problem: Problem, tensor: Tensor): boolean {
  return tensor.ranks.some((rank) => rank.filter(([dim]) => problem.dims[dim]! > 1).length > 1);
}

/** Whether a carry can look like a step of the innermost loop (R4 c, d): more than one temporal loop moves one rank. */
function canCoincide({ mapping }: Case, tensor: Tensor): boolean {
  const iterated = mapping.flatMap((level) => level.temporal.map(([dim]) => dim));
  return tensor.ranks.some((rank) => iterated.filter((dim) => rank.some(([term]) => term === dim)).length > 1);
}

describe("the closed form", () => {
  it.each(["any", "most"] as const)("equals Timeloop's rules walked step by step, windows: %s", (windows) => {
    fc.assert(
      fc.property(cases({ windows }), fc.constantFrom(...countsNames), (given, counts) => {
        expect(closedForm(given, counts)).toEqual(wordCounts(walk(given, counts)));
      }),
      { numRuns: 1000 },
    );
  });

  it("equals real buffers where nothing slides and no neighbour hands over", () => {
    let compared = 0;
    fc.assert(
      fc.property(cases({ windows: "none" }), (given) => {
        const closed = closedForm(given);
        const physical = wordCounts(walk(given, "physical"));
        const { handedOver } = walk(given, "timeloop-2025");
        for (const tensor of given.problem.tensors) {
          if (handedOver[tensor.name] !== 0) continue;
          compared++;
          for (const level of Object.keys(closed)) {
            const own = closed[level]![tensor.name];
            if (own === undefined) continue;
            const { reads, updates, fills } = physical[level]![tensor.name]!;
            // A sum that several children hold comes back to one of them; Timeloop counts it once for each.
            expect(own).toEqual({ reads, updates, fills: tensor.role === "input" ? fills : own.fills });
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it("is never below real buffers, unless a carry looks like a step of the innermost loop", () => {
    let larger = 0;
    fc.assert(
      fc.property(cases(), (given) => {
        const closed = closedForm(given);
        const physical = wordCounts(walk(given, "physical"));
        const { handedOver } = walk(given, "timeloop-2025");
        for (const tensor of given.problem.tensors) {
          if (handedOver[tensor.name] !== 0) continue;
          if (slides(given.problem, tensor) && canCoincide(given, tensor)) continue;
          for (const level of Object.keys(closed)) {
            const own = closed[level]![tensor.name];
            if (own === undefined) continue;
            const least = physical[level]![tensor.name]!;
            const fields = tensor.role === "input" ? (["reads", "fills"] as const) : (["updates"] as const);
            for (const field of fields) {
              expect(own[field]).toBeGreaterThanOrEqual(least[field]);
              if (own[field] > least[field]) larger++;
            }
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(larger).toBeGreaterThan(0);
  });
});
