import { describe, expect, it } from "vitest";
import { conv } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import type { Problem } from "../problem/problem.js";
import { builtInTarget, gemmini, targetNames } from "../targets/index.js";
import { loopOrders } from "./loop-orders.js";
import { makeMapspace } from "./mapspace.js";

/** Orders of the outermost level by dimension names, innermost first. */
function dramOrders(problem: Problem): string[] {
  const space = makeMapspace(gemmini, problem);
  return loopOrders(space, 0).map((order) => order.map((slot) => space.shape.dims[space.slots[slot]!.dim]).join(""));
}

// That these orders are enough is tested with the exact model, in packages/optimizers/src/mapper/orders.test.ts.
describe("loopOrders", () => {
  it("of a matrix product: one for each tensor that may stay", () => {
    const orders = dramOrders(matmul({ m: 8, n: 8, k: 8 }));
    expect(orders.map((order) => order[0]).sort()).toEqual(["C", "K", "P"]);
  });

  it("of a convolution: each window loop may be the first that moves the inputs, innermost or around K", () => {
    const orders = dramOrders(conv({ R: 3, S: 3, P: 8, Q: 8, C: 8, K: 8, N: 2 }));
    // Outputs stay under R, S or C, Weights under P, Q or N, Inputs under K; N and C never pay innermost.
    for (const order of orders) expect(order).toMatch(/^(?:K|[RSC]{3}|[PQN]{3})/);
    expect(orders.map((order) => /^K?./.exec(order)![0]).sort()).toEqual(["KP", "KQ", "KR", "KS", "P", "Q", "R", "S"]);
  });

  it("of a problem whose loops keep two tensors in place: all of those innermost, then those of either", () => {
    const problem: Problem = {
      name: "outer products",
      dims: { P: 5, Q: 7, C: 9, K: 5, N: 3 },
      tensors: [
        { name: "Weights", role: "input", ranks: [[["C", 1]]] },
        { name: "Inputs", role: "input", ranks: [[["P", 1]], [["N", 1]]] },
        { name: "Outputs", role: "output", ranks: [[["P", 1]], [["K", 1]], [["Q", 1]]] },
      ],
    };
    // Q and K keep Weights and Inputs, C keeps Inputs and Outputs, N keeps Weights and Outputs, P Weights alone. What
    // stands outside of all that stays is in the problem's order.
    expect(
      dramOrders(problem)
        .map((order) => order.replace(/QK|KQ/, "[QK]"))
        .sort(),
    ).toEqual(["CNP[QK]", "C[QK]PN", "NCP[QK]", "NP[QK]C", "[QK]CPN", "[QK]PNC"]);
  });

  it("are permutations of the level's temporal slots, all different", () => {
    for (const name of targetNames) {
      for (const problem of [
        conv({ R: 3, S: 3, P: 8, Q: 8, C: 8, K: 8, N: 2, G: 2 }),
        matmul({ m: 8, n: 8, k: 8, batch: 2 }),
      ]) {
        const space = makeMapspace(builtInTarget(name), problem);
        builtInTarget(name).levels.forEach((_, level) => {
          const own = space.slots.flatMap((slot, i) => (slot.level === level && slot.kind === "temporal" ? [i] : []));
          const orders = loopOrders(space, level);
          for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(own);
          expect(new Set(orders.map((order) => order.join())).size).toBe(orders.length);
          if (!space.freeOrder.includes(level)) expect(orders).toEqual([own]);
        });
      }
    }
  });
});
