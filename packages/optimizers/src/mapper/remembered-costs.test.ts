import { currentOrder, gemmini, reorder } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { randomPlaced } from "../../test/random-mapper.js";
import { rememberCosts } from "./remembered-costs.js";

const large = Float64Array.of(128, 8192, 8192);
const larger = Float64Array.of(128, 8192, 8193);

function remembered() {
  const all = randomPlaced(3, gemmini);
  const { placed, points, budget } = all;
  const memory = rememberCosts(placed, { spend: (evaluations) => void (budget.spent += evaluations) });
  const cost = (of = memory) => {
    expect(of.excess(0, points[0]!)).toBe(0);
    return { ...of.cost(0) };
  };
  return { ...all, memory, cost };
}

describe("remembered costs", () => {
  it("are those of the network itself, on every machine, evaluated once each", () => {
    const { placed, memory, budget, cost } = remembered();
    for (const sizes of [large, larger, large, larger]) {
      memory.place(sizes);
      const known = cost();
      const { spent } = budget;
      placed.place(sizes);
      placed.excess(0, remembered().points[0]!);
      expect(known).toEqual({ ...placed.cost(0) });
      budget.spent = spent;
    }
    expect(budget.spent).toBe(2);
    expect(memory.asked).toBe(4);
  });

  it("take part of the budget all the same, so that a search that knows everything ends", () => {
    const { memory, budget, cost } = remembered();
    memory.place(large);
    for (let k = 0; k < 81; k++) cost();
    expect(budget.spent).toBe(1 + 10);
  });

  it("tell orders apart only by loops that do something", () => {
    const { points, memory, budget, cost } = remembered();
    const point = points[0]!;
    memory.place(large);
    const loops = Array.from(currentOrder(point, 0));
    const doing = loops.filter((slot) => point.nest.factor[point.loopOf[slot]!]! > 1);
    const idle = loops.filter((slot) => !doing.includes(slot));
    expect(doing.length).toBeGreaterThan(1);
    reorder(point, 0, [...doing, ...idle]);
    cost();
    reorder(point, 0, [...idle, ...doing]);
    cost();
    expect(budget.spent).toBe(1);
    reorder(point, 0, [...idle, ...doing.reverse()]);
    cost();
    expect(budget.spent).toBe(2);
  });
});
