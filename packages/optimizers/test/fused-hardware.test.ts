import { conv, type Hardware, matmul, type Workload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { fuseNetwork, type SearchTask } from "../src/index.js";
import { smallGemmini, steepTable } from "./small-targets.js";

const workload: Workload = {
  name: "feed-forward",
  layers: [
    { problem: { ...matmul({ m: 4, k: 2, n: 4 }), name: "up" }, count: 2 },
    { problem: { ...matmul({ m: 4, k: 4, n: 2 }), name: "down" }, count: 2 },
    { problem: { ...conv({ R: 2, S: 1, P: 3, Q: 1, C: 1, K: 2 }), name: "window" }, count: 1 },
  ],
  edges: [
    {
      ...{ from: "up", to: "down", tensor: "Inputs", count: 2 },
      ranks: [
        ["P", "P"],
        ["K", "C"],
      ],
    },
  ],
};
const model = analyticalModel(smallGemmini, { table: steepTable });

function* allHardware(peDims: readonly number[]): Generator<Hardware> {
  for (const peDim of peDims) {
    for (const scratchpad of [1, 2, 3, 4, 5, 6]) yield { peDim, scratchpad, accumulator: 2 };
  }
}

it.each<[SearchTask["objective"], number, Hardware, number[]]>([
  [{ name: "edp" }, 0, {}, [2, 3, 4]],
  [{ name: "edap" }, 0.05, { peDim: 3 }, [3]],
])(
  "the best hardware is that of an exhaustive search, %o within %d",
  { timeout: 60_000 },
  async (objective, gap, given, peDims) => {
    const task = { model, workload, objective };
    const found = (await fuseNetwork({ ...task, fixed: { ...given, accumulator: 2 } }, { gap }))!;
    let best = Number.POSITIVE_INFINITY;
    for (const fixed of allHardware(peDims)) {
      const one = await fuseNetwork({ ...task, fixed });
      if (one !== null) best = Math.min(best, one.fused.value);
    }
    expect(best).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(found.fused.lowerBound).toBeLessThanOrEqual(best * (1 + 1e-9));
    expect(found.fused.value).toBeLessThanOrEqual(best * (1 + gap) * (1 + 1e-9));
    expect(found.fused.gap).toBeLessThanOrEqual(gap + 1e-9);
    // The figures are those of the hardware.
    const again = (await fuseNetwork({ ...task, fixed: found.hardware }))!;
    expect(again.fused.value).toBeLessThanOrEqual(found.fused.value * (1 + 1e-9));
  },
);
