import { gemmini, matmul, type Workload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { type FusionProgress, fuseNetwork, type SearchTask } from "../src/index.js";

const feedForward: Workload = {
  name: "feed-forward",
  layers: [
    { problem: { ...matmul({ m: 16, k: 8, n: 32 }), name: "up" }, count: 1 },
    { problem: { ...matmul({ m: 16, k: 32, n: 8 }), name: "down" }, count: 1 },
  ],
  edges: [
    {
      ...{ from: "up", to: "down", tensor: "Inputs", count: 1 },
      ranks: [
        ["P", "P"],
        ["K", "C"],
      ],
    },
  ],
};
const task: SearchTask = {
  ...{ model: analyticalModel(gemmini), workload: feedForward, objective: { name: "edp" } },
  fixed: { peDim: 4, scratchpadKb: 1, accumulatorKb: 1 },
};

describe("a network, fused", () => {
  it("is proved, and whatever it is stopped at holds of what is proved", { timeout: 30_000 }, async () => {
    const whole = (await fuseNetwork(task))!;
    expect([whole.apart.gap, whole.fused.gap, whole.stopped]).toEqual([0, 0, false]);
    expect(whole.fused.value).toBeLessThan(whole.apart.value);
    const all: FusionProgress[] = [];
    await fuseNetwork(task, { onProgress: (progress) => void all.push(progress) });
    for (let k = 0; k < all.length; k += 1 + (all.length >> 3)) {
      const stop = new AbortController();
      let seen = 0;
      const own = await fuseNetwork(task, {
        signal: stop.signal,
        onProgress: () => void (seen++ === k && stop.abort()),
      });
      if (own === null) continue;
      for (const kind of ["apart", "fused"] as const) {
        expect(own[kind].value).toBeGreaterThanOrEqual(whole[kind].value * (1 - 1e-12));
        expect(own[kind].lowerBound).toBeLessThanOrEqual(whole[kind].value * (1 + 1e-12));
      }
    }
  });

  it("says which layers run alone: every execution is in a segment or by itself", async () => {
    const { segments, singles } = (await fuseNetwork({ ...task, fixed: { ...task.fixed, scratchpadKb: 2 } }))!;
    const times = (name: string) =>
      segments.reduce((n, { layers, count }) => n + (layers.includes(name) ? count : 0), 0) +
      singles.reduce((n, { layer, count }) => n + (layer === name ? count : 0), 0);
    expect(["up", "down"].map(times)).toEqual([1, 1]);
  });
});
