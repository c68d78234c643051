import {
  type Cost,
  conv,
  countsNames,
  currentOrder,
  emptyMachine,
  emptyNeeds,
  gemmini,
  loopOrders,
  makeNestPoint,
  type NestPoint,
  nvdlaSmall,
  type Problem,
  type Random,
  reorder,
  seededRandom,
  systolic,
  type Target,
  tpuV1,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { chooseOrders, orderChoices } from "./orders.js";
import { randomTiling } from "./random-tiling.js";

/**
 * Strides, dilations and odd bounds that make no step of a loop the same as that of another, or as the sum of others:
 * the accidental equalities (R4 d of docs/semantics.md) of which `loopOrders` takes no account.
 */
const problems: readonly Problem[] = [
  conv({ R: 5, S: 3, P: 7, Q: 1, C: 3, K: 5, stride: 11, dilation: 17 }),
  conv({ R: 5, S: 1, P: 7, Q: 1, C: 9, K: 5, N: 3, stride: 11, dilation: 17 }),
  conv({ R: 5, S: 1, P: 49, Q: 1, C: 9, K: 25, stride: 23, dilation: 7 }),
  conv({ R: 1, S: 1, P: 9, Q: 5, C: 15, K: 9 }),
  conv({ R: 3, S: 1, P: 5, Q: 1, C: 3, K: 5, G: 7, stride: 11, dilation: 17 }),
  // A dimension that moves one tensor only keeps the two others in place.
  {
    name: "outer products",
    dims: { P: 5, Q: 7, C: 9, K: 5, N: 3 },
    tensors: [
      { name: "Weights", role: "input", ranks: [[["C", 1]]] },
      { name: "Inputs", role: "input", ranks: [[["P", 1]], [["N", 1]]] },
      { name: "Outputs", role: "output", ranks: [[["P", 1]], [["K", 1]], [["Q", 1]]] },
    ],
  },
  {
    name: "a dimension that moves nothing",
    dims: { P: 5, Q: 7, C: 9, K: 5, N: 3 },
    tensors: [
      { name: "Weights", role: "input", ranks: [[["C", 1]], [["K", 1]]] },
      { name: "Inputs", role: "input", ranks: [[["P", 1]], [["C", 1]]] },
      { name: "Outputs", role: "output", ranks: [[["Q", 1]]] },
    ],
  },
];

/** All orders of the level's non-unit loops, the unit ones behind them. */
function permutations(point: NestPoint, level: number): number[][] {
  const slots = [...currentOrder(point, level)];
  const unit = slots.filter((slot) => point.nest.factor[point.loopOf[slot]!] === 1);
  const permute = (left: readonly number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((slot) => permute(left.filter((other) => other !== slot)).map((rest) => [slot, ...rest]));
  return permute(slots.filter((slot) => !unit.includes(slot))).map((order) => [...order, ...unit]);
}

function shuffle(point: NestPoint, level: number, source: Random): void {
  const order = [...currentOrder(point, level)];
  for (let k = order.length - 1; k > 0; k--) {
    const j = source.below(k + 1);
    [order[k], order[j]] = [order[j]!, order[k]!];
  }
  reorder(point, level, order);
}

/** Least energy, latency and EDP over orders of one level. */
function leastCosts(point: NestPoint, level: number, orders: readonly number[][], costOf: () => Cost): number[] {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const order of orders) {
    reorder(point, level, order);
    const { energyPj, latencyCycles } = costOf();
    [energyPj, latencyCycles, energyPj * latencyCycles].forEach((value, i) => {
      if (value < least[i]!) least[i] = value;
    });
  }
  return least;
}

describe.each(countsNames)("loopOrders, counts %s", (counts) => {
  for (const target of [gemmini, nvdlaSmall, tpuV1, systolic] as readonly Target[]) {
    it(`has the best of all orders of a level of ${target.name}, whatever the tiling and the other orders`, () => {
      const model = analyticalModel(target, { counts });
      const machine = emptyMachine(target.levels.length);
      model.machine(
        Float64Array.from(target.sizes, (size) => size.default),
        "exact",
        machine,
      );
      const needs = emptyNeeds(target.levels.length);
      const cost: Cost = { energyPj: 0, latencyCycles: 0 };
      const source = seededRandom(1);
      let worstOverBest = 1;
      for (const problem of problems) {
        const layer = model.layer(problem);
        expect(layer.account!.meshDependent).toBe(false);
        const point = makeNestPoint(layer.space);
        const costOf = () => {
          layer.needs(point.nest, needs);
          layer.evaluate(point.nest, machine, "exact", cost);
          return cost;
        };
        for (let k = 0; k < 12; k++) {
          randomTiling(point, source);
          for (const level of layer.space.freeOrder) shuffle(point, level, source);
          for (const level of layer.space.freeOrder) {
            const all = permutations(point, level);
            const kept = currentOrder(point, level);
            const best = leastCosts(point, level, all, costOf);
            const chosen = leastCosts(point, level, loopOrders(layer.space, level), costOf);
            expect(chosen).toEqual(best);
            reorder(point, level, kept);
            worstOverBest = Math.max(worstOverBest, costOf().energyPj / best[0]!);
          }
        }
      }
      // The orders do matter here.
      expect(worstOverBest).toBeGreaterThan(1.1);
    });
  }
});

describe("chooseOrders", () => {
  const point = makeNestPoint(analyticalModel(tpuV1).layer(problems[3]!).space);
  const choices = orderChoices(point.space);

  it("leaves the point in the best order of each level, and returns its cost", () => {
    const wanted = choices.map(({ orders }) => orders[orders.length - 1]!);
    const cost = () =>
      choices.reduce(
        (sum, { level }, i) => sum + (String([...currentOrder(point, level)]) === String(wanted[i]) ? 0 : 1 + i),
        10,
      );
    expect(choices.length).toBe(2);
    expect(cost()).toBe(13);
    expect(chooseOrders(point, choices, cost)).toBe(10);
    choices.forEach(({ level }, i) => {
      expect([...currentOrder(point, level)]).toEqual([...wanted[i]!]);
    });
  });

  it("keeps the order as it stands where none is better, also one that is not among the choices", () => {
    const [{ level }] = choices as [(typeof choices)[number]];
    const odd = [...currentOrder(point, level)].sort((a, b) => b - a);
    reorder(point, level, odd);
    expect(chooseOrders(point, choices, () => 7)).toBe(7);
    expect([...currentOrder(point, level)]).toEqual(odd);
  });
});
