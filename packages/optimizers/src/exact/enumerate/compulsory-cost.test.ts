import { conv, emptyMachine, eyeriss, matmul, type Problem, seededRandom } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { everyNest } from "../../../test/exhaustive-search.js";
import { smallGemmini, smallNvdla, smallRows } from "../../../test/small-targets.js";
import { compulsoryWords } from "./compulsory-cost.js";

/** Words that the loops of a problem touch, one by one. */
function touched(problem: Problem, t: number): number {
  const words = new Set<string>();
  const dims = Object.keys(problem.dims);
  const walk = (d: number, at: Record<string, number>) => {
    if (d === dims.length) {
      const place = problem.tensors[t]!.ranks.map((rank) => rank.reduce((sum, [dim, by]) => sum + by * at[dim]!, 0));
      words.add(place.join());
      return;
    }
    for (let i = 0; i < problem.dims[dims[d]!]!; i++) walk(d + 1, { ...at, [dims[d]!]: i });
  };
  walk(0, {});
  return words.size;
}

describe("words that must pass the outermost level", () => {
  const random = seededRandom(3);
  const bound = () => 1 + random.below(4);
  const problems = Array.from({ length: 40 }, () =>
    conv({
      ...{ R: bound(), S: bound(), P: bound(), Q: bound(), C: bound(), K: bound() },
      ...{ stride: bound(), dilation: bound() },
    }),
  );

  it("are those that the loops touch", () => {
    for (const problem of problems)
      problem.tensors.forEach((tensor, t) => {
        expect(compulsoryWords(problem, tensor)).toBe(touched(problem, t));
      });
  });

  it("are no more than the model counts for any mapping, whatever the counting", () => {
    const small = problems.map(({ dims }) =>
      conv({
        ...{ R: dims["R"]!, S: 1, P: dims["P"]!, Q: 1, C: 2, K: 2 },
        ...{ stride: 1 + random.below(4), dilation: 1 + random.below(3) },
      }),
    );
    for (const counts of ["timeloop-2025", "timeloop-2022"] as const) {
      for (const target of [smallGemmini, smallNvdla, smallRows]) {
        const machine = emptyMachine(target.levels.length);
        const model = analyticalModel(target, { counts });
        model.machine(
          Float64Array.from(target.sizes, ({ max }) => max),
          "exact",
          machine,
        );
        for (const problem of small.slice(0, 12)) {
          const layer = model.layer(problem);
          const account = layer.account!;
          const needs = { words: new Float64Array(9), x: new Float64Array(9), y: new Float64Array(9) };
          const own = problem.tensors.map((tensor) => compulsoryWords(problem, tensor));
          everyNest(layer, problem, (nest) => {
            layer.needs(nest, needs);
            account.count(nest, machine);
            const { reads, updates, levelCount } = account.traffic;
            problem.tensors.forEach(({ role }, t) => {
              const moved = (role === "output" ? updates : reads)[t * levelCount]!;
              if (moved < own[t]! * (1 - 1e-12)) expect([target.name, problem.dims, t, moved]).toEqual(own[t]);
            });
          });
        }
      }
    }
  });

  it("of a product are its operands and its result", () => {
    const product = matmul({ m: 3, n: 5, k: 7 });
    expect(product.tensors.map((tensor) => compulsoryWords(product, tensor)).sort((a, b) => a - b)).toEqual([
      15, 21, 35,
    ]);
    expect(eyeriss.levels[0]!.keeps.length).toBe(3);
  });
});
