import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conv, matmul } from "@loopnest/mapspace";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { type CircleReport, circle } from "../circle/circle.js";
import { reportText } from "../circle/report.js";
import type { CircleSettings } from "../circle/settings.js";
import { testHardware } from "./test-machine.js";

/** The circle in a small form: what it finds is not looked at, but that everything goes round is. */
const miniature: CircleSettings = {
  networks: [
    {
      name: "convolutions",
      description: "two small layers",
      source: "made up",
      layers: [
        { problem: conv({ name: "a", R: 3, S: 3, P: 6, Q: 6, C: 8, K: 16 }), count: 2 },
        { problem: conv({ name: "b", R: 1, S: 1, P: 8, Q: 8, C: 16, K: 8 }), count: 1 },
      ],
    },
    {
      name: "product",
      description: "one matrix product",
      source: "made up",
      layers: [{ problem: matmul({ name: "c", m: 16, n: 24, k: 32 }), count: 1 }],
    },
  ],
  peDim: testHardware.peDim,
  built: { scratchpadKb: 4, accumulatorKb: 4 },
  measurements: 14,
  longestCycles: 20_000,
  searchSamples: 70,
  seeds: [3],
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

  it("tunes every network with samples of the others' layers", { timeout: 300_000 }, async () => {
    report = await circle(miniature, folder, () => {});
    expect(report.rounds.map(({ network, seed }) => [network.name, seed])).toEqual([
      ["convolutions", 3],
      ["product", 3],
    ]);
    for (const { network, tuning, tiler } of report.rounds) {
      const own = network.layers.map(({ problem }) => problem.name);
      for (const { layer, found, measuredCycles, analyticalCycles } of tuning.points) {
        expect(own.includes(layer)).toBe(found);
        // The machine does not beat the ideal one.
        expect(measuredCycles).toBeGreaterThan(analyticalCycles);
      }
      expect(tuning.measurements.made).toBeLessThanOrEqual(miniature.measurements);
      expect(new Set(tuning.designs.map(({ way }) => way))).toContain("learned");
      expect(tiler.edp).toBeGreaterThan(0);
    }
    const text = reportText([report]);
    expect(text).toContain("## 8 x 8");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("goes on from what is there", { timeout: 120_000 }, async () => {
    const times = async () => {
      const files = (await readdir(folder, { recursive: true })).filter((name) =>
        /samples\.jsonl$|result\.json$|tiler-[a-z]*\.jsonl$/.test(name),
      );
      return Promise.all(files.sort().map(async (name) => [name, (await stat(join(folder, name))).mtimeMs]));
    };
    const before = await times();
    expect(await circle(miniature, folder, () => {})).toEqual(report);
    expect(await times()).toEqual(before);
  });
});
