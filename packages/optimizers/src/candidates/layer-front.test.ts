import { gemmini, makeMapspace, makeNestPoint, matmul } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { makeLayerFront } from "./layer-front.js";

describe("layerFront", () => {
  const point = makeNestPoint(makeMapspace(gemmini, matmul({ m: 2, n: 2, k: 2 })));
  const costs = (front: ReturnType<typeof makeLayerFront>) =>
    front.mappings.map(({ cost }) => [cost.energyPj, cost.latencyCycles]).sort();

  it("keeps what is better in energy or in latency", () => {
    const front = makeLayerFront();
    for (const [energyPj, latencyCycles] of [
      [5, 5],
      [4, 6],
      [6, 6],
      [5, 5],
      [3, 7],
      [4, 4],
    ] as const) {
      front.add(point, { energyPj, latencyCycles });
    }
    expect(costs(front)).toEqual([
      [3, 7],
      [4, 4],
    ]);
  });

  it("keeps copies", () => {
    const front = makeLayerFront();
    const cost = { energyPj: 1, latencyCycles: 1 };
    const changing = makeNestPoint(point.space);
    front.add(changing, cost);
    changing.nest.factor[0] = 77;
    cost.energyPj = 9;
    expect(front.mappings[0]!.point.nest.factor[0]).not.toBe(77);
    expect(costs(front)).toEqual([[1, 1]]);
  });
});
