import {
  type Architecture,
  type Bandwidth,
  conv,
  gemmini,
  makeMapspace,
  makeNestPoint,
  matmul,
  unflatten,
} from "@loopnest/mapspace";
import { builtInEnergyTable, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, test } from "vitest";
import { designFigures } from "./design-figures.js";
import { roofAt, roofline } from "./roofline.js";

const problems = [
  conv({ name: "conv", R: 3, S: 3, P: 16, Q: 16, C: 16, K: 16 }),
  matmul({ name: "product", m: 16, n: 32, k: 64 }),
];
const workload = { name: "w", description: "", source: "", layers: problems.map((problem) => ({ problem, count: 1 })) };
const architecture = priceTarget(gemmini, builtInEnergyTable("dosa")).architecture({ peDim: 16 });
// Every loop at DRAM: the least reuse that there is.
const levels = gemmini.levels.map(({ name }) => name);
const mapped = problems.map((problem) => {
  const space = makeMapspace(gemmini, problem);
  return { file: "", mapping: unflatten(space.shape, levels, makeNestPoint(space).nest) };
});
const figures = designFigures(workload, architecture, mapped, "timeloop-2025");
const result = { layers: figures.layers };

/** The machine with another bandwidth of DRAM. */
function withBandwidth(bandwidthWordsPerCycle: Bandwidth): Architecture {
  const [dram, ...inner] = architecture.levels;
  return { ...architecture, levels: [{ ...dram!, bandwidthWordsPerCycle }, ...inner] };
}

describe("roofline", () => {
  const model = roofline(result, architecture);

  test("roofs are those of the machine", () => {
    expect(model).toMatchObject({ level: "DRAM", peakMacsPerCycle: 256, bytesPerCycle: 8 });
    expect(roofAt(model, 1)).toBe(8);
    expect(roofAt(model, 1000)).toBe(256);
  });

  test.each([0.01, 1, 8, 1000])(
    "no layer is above the roofs at %d words a cycle; one that waits for DRAM is on its roof",
    (shared) => {
      const machine = withBandwidth({ shared });
      const { layers } = designFigures(workload, machine, mapped, "timeloop-2025");
      const model = roofline({ layers }, machine);
      for (const { macsPerByte, macsPerCycle, bottleneck } of model.points) {
        const ofRoof = macsPerCycle / roofAt(model, macsPerByte);
        expect(ofRoof).toBeLessThanOrEqual(1 + 1e-12);
        if (shared < 1) expect(bottleneck).toBe("DRAM");
        if (bottleneck === "DRAM") expect(ofRoof).toBeGreaterThan(0.999);
      }
    },
  );

  test("without a limit to DRAM there is one roof", () => {
    expect(roofAt(roofline(result, withBandwidth(null)), 1e-9)).toBe(256);
  });
});
