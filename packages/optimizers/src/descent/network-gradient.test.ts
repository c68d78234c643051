import {
  clonePoint,
  conv,
  eyeriss,
  gemmini,
  makeNestPoint,
  matmul,
  reorder,
  seededRandom,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { orderChoices } from "../mapper/orders.js";
import { makeNetwork } from "../network/network.js";
import type { Objective } from "../search/objective.js";
import { makeNetworkGradient } from "./network-gradient.js";
import { randomStart } from "./start-point.js";

const workload = {
  name: "two layers",
  description: "",
  source: "test",
  layers: [
    { problem: conv({ R: 3, S: 3, P: 56, Q: 56, C: 64, K: 64 }), count: 3 },
    { problem: matmul({ m: 128, n: 3072, k: 768 }), count: 1 },
  ],
};

/** Log factors by slot, in every order of the outermost level that leaves it free if `everyOrder`. */
function prepare(target: Target, objective: Objective, seed: number, everyOrder: boolean) {
  const prepared = makeNetwork({ model: analyticalModel(target), workload, objective, fixed: {} });
  const source = seededRandom(seed);
  const layers = prepared.layers.map(({ model: { space } }) => {
    const base = makeNestPoint(space);
    const [outermost] = orderChoices(space);
    const orders = everyOrder
      ? outermost!.orders.map((order) => {
          const point = clonePoint(base);
          reorder(point, outermost!.level, order);
          return point;
        })
      : [base];
    return { logs: randomStart(space, source), orders };
  });
  const gradient = makeNetworkGradient(prepared);
  const toSlots = layers.map(({ logs }) => new Float64Array(logs.length));
  const value = () => {
    for (const { logs, orders } of layers) {
      for (const point of orders) {
        logs.forEach((log, slot) => {
          point.nest.factor[point.loopOf[slot]!] = Math.exp(log);
        });
      }
    }
    return gradient.evaluate(
      layers.map(({ orders }) => orders),
      toSlots,
      0.5,
    );
  };
  return { layers, toSlots, value };
}

describe("networkGradient", () => {
  for (const [name, target, objective, everyOrder] of [
    ["EDP on gemmini", gemmini, { name: "edp" }, false],
    ["EDP on gemmini, softmax-weighted orders", gemmini, { name: "edp" }, true],
    ["EDAP with limits on gemmini", gemmini, { name: "edap", maxAreaMm2: 1, maxLatencyCycles: 1000 }, false],
    ["EDP on eyeriss", eyeriss, { name: "edp" }, false],
  ] as const) {
    it(`agrees with finite differences through the derived hardware: ${name}`, () => {
      let checked = 0;
      let kinks = 0;
      for (let seed = 0; seed < 12; seed++) {
        const { layers, toSlots, value } = prepare(target, objective, seed, everyOrder);
        value();
        const analytic = toSlots.map((slots) => slots.slice());
        layers.forEach(({ logs }, i) => {
          for (let slot = 0; slot < logs.length; slot++) {
            const at = logs[slot]!;
            const slope = (h: number) => {
              logs[slot] = at + h;
              const above = value();
              logs[slot] = at - h;
              const below = value();
              logs[slot] = at;
              return (above - below) / (2 * h);
            };
            const [wide, narrow] = [slope(1e-5), slope(3e-6)];
            checked++;
            // A kink within the step shows as two slopes that differ.
            if (Math.abs(wide - narrow) > 1e-5 * Math.max(1, Math.abs(narrow))) kinks++;
            else expect(Math.abs(analytic[i]![slot]! - narrow) / Math.max(1, Math.abs(narrow))).toBeLessThan(1e-4);
          }
        });
      }
      expect(kinks / checked).toBeLessThan(0.02);
    });
  }
});
