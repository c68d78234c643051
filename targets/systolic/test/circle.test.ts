import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conv, matmul } from "@loopnest/mapspace";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { type CircleReport, circle, ways } from "../circle/circle.js";
import { reportText } from "../circle/report.js";
import type { CircleSettings } from "../circle/settings.js";
import { testHardware } from "./test-machine.js";

/** The circle in a small form: what it finds is not looked at, but that everything goes round is. */
const miniature: CircleSettings = {
  networks: [
    {
      name: "small",
      description: "three small layers",
      source: "made up",
      layers: [
        { problem: conv({ name: "a", R: 3, S: 3, P: 6, Q: 6, C: 8, K: 16 }), count: 2 },
        { problem: conv({ name: "b", R: 1, S: 1, P: 8, Q: 8, C: 16, K: 8 }), count: 1 },
        { problem: matmul({ name: "c", m: 16, n: 24, k: 32 }), count: 1 },
      ],
    },
  ],
  peDim: testHardware.peDim,
  built: { scratchpadKb: 4, accumulatorKb: 4 },
  firstSamples: 24,
  furtherSamples: 4,
  longestCycles: 20_000,
  searchSamples: 70,
  seeds: [3],
  folds: 3,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loopnest-circle-"));
  vi.stubEnv("XDG_CACHE_HOME", inject("cacheHome"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe("the circle", () => {
  let report: CircleReport;

  it("samples, measures, calibrates, searches and measures what was found", { timeout: 300_000 }, async () => {
    report = await circle(miniature, folder, () => {});
    expect(report.samples).toEqual([24, 24 + 2 * 3 + 4]);
    for (const text of report.calibrations) expect(text).toMatch(/of 3 layer shapes, 3 folds/);
    expect(report.comparisons.map(({ free, seed }) => [free, seed])).toEqual([
      [false, 3],
      [true, 3],
    ]);
    for (const { free, outcomes } of report.comparisons) {
      for (const way of ways) {
        const { hardware, energyUj, measuredCycles, measuredEdp, layers } = outcomes[way];
        if (!free) expect(hardware).toEqual({ peDim: 8, ...miniature.built });
        expect(measuredEdp).toBeCloseTo(energyUj * measuredCycles, 6);
        expect(measuredCycles).toBe(
          2 * layers[0]!.measuredCycles + layers[1]!.measuredCycles + layers[2]!.measuredCycles,
        );
        for (const { measuredCycles, analyticalCycles } of layers) {
          // The machine does not beat the ideal one.
          expect(measuredCycles).toBeGreaterThan(analyticalCycles);
        }
        const learns = way !== "tiler" && way !== "analytical";
        expect(layers.every(({ learnedCycles }) => (learnedCycles !== undefined) === learns)).toBe(true);
      }
    }
    const text = reportText([report]);
    expect(text).toContain("## 8 x 8");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("goes on from what is there", { timeout: 120_000 }, async () => {
    const times = async () => {
      const files = (await readdir(folder)).filter((name) => /^(model-|samples\.jsonl|.*-proposed)/.test(name));
      return Promise.all(
        files
          .filter((name) => !name.endsWith("-data.jsonl"))
          .map(async (name) => [name, (await stat(join(folder, name))).mtimeMs]),
      );
    };
    const before = await times();
    expect(await circle(miniature, folder, () => {})).toEqual(report);
    expect(await times()).toEqual(before);
  });
});
