import { describe, expect, it } from "vitest";
import { atSolution, linearProgram, number, sum } from "./linear-program.js";
import { solveProgram } from "./solve-program.js";

describe("linearProgram", () => {
  it("writes what HiGHS reads: a knapsack", async () => {
    const program = linearProgram();
    const [a, b, c] = [program.whole(1), program.whole(1), program.whole(1)];
    const weight = sum([3, a], [4, b], [2, c]);
    const worth = sum([5, a], [6, b], [3, c]);
    program.demand(weight, "<=", number(6));
    const { values, cost } = (await solveProgram(program.text(sum([-1, worth])), 0))!;
    expect(cost).toBe(-9);
    expect([a, b, c].map((one) => atSolution(one, values))).toEqual([0, 1, 1]);
    expect(atSolution(weight, values)).toBe(6);
  });

  it("brings constants to the other side, and adds up what is said twice of a variable", async () => {
    const program = linearProgram();
    const x = program.real();
    program.demand(sum([1, number(2.5)]), "<=", sum([1, x], [1, x]));
    expect((await solveProgram(program.text(x), 0))!.cost).toBeCloseTo(1.25, 12);
  });

  it("breaks long lines", () => {
    const program = linearProgram();
    const text = program.text(sum(...Array.from({ length: 100 }, () => [1 / 3, program.real()] as const)));
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(250);
  });
});

describe("solveProgram", () => {
  it("returns null if nothing is feasible", async () => {
    const program = linearProgram();
    const x = program.whole(3);
    program.demand(number(4), "<=", x);
    expect(await solveProgram(program.text(x), 0)).toBeNull();
  });

  it("throws on what HiGHS cannot read", async () => {
    await expect(solveProgram("garbage", 0)).rejects.toThrow("HiGHS: Empty");
    await expect(solveProgram("max the profit", 0)).rejects.toThrow("Unable to read");
  });
});
