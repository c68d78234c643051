import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gemmini, matmul } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { beforeAll, describe, expect, it } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const folder = scratchFolder();
const run = join(folder, "run");

beforeAll(async () => {
  const args = ["search", "bert", "--starts", "2", "--steps", "60", "--workers", "1", "-o", run];
  expect((await loopnest(args)).status).toBe(0);
}, 60_000);

const problem = matmul({ m: 64, k: 64, n: 64 });
const architecture = priceTarget(gemmini, builtInEnergyTable("dosa")).architecture({
  peDim: 16,
  scratchpadKb: 4,
  accumulatorKb: 4,
});

/** A case file: m in the accumulator, so many columns and rows in use. */
function caseFile(name: string, columns: number, rows: number): string {
  const mapping = [
    {
      level: "DRAM",
      temporal: [
        ["K", 64 / columns],
        ["C", 64 / rows],
      ],
      spatial: [],
      keeps: ["Weights", "Inputs", "Outputs"],
    },
    { level: "Scratchpad", temporal: [], spatial: [["K", columns, "X"]], keeps: ["Weights", "Inputs"] },
    { level: "Accumulator", temporal: [["P", 64]], spatial: [["C", rows, "X"]], keeps: ["Outputs"] },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ id: name, architecture, problem, mapping }));
  return file;
}

describe("loopnest explain of a run", () => {
  it("tells what every layer waits for, what decides the sizes and what EDP turns on", async () => {
    const { status, stdout, stderr } = await loopnest(["explain", run]);
    expect([status, stderr]).toEqual([0, ""]);
    for (const text of ["what every layer waits for", "scratchpadKb", "DRAM shared bandwidth", "1 % more"]) {
      expect(stdout).toContain(text);
    }
  });

  it("--prices: every price by the formula that DOSA published, with its source", async () => {
    const { stdout } = await loopnest(["explain", run, "--prices", "--json"]);
    const { energyTable, levels, mac } = JSON.parse(stdout);
    const { scratchpadKb, peDim } = JSON.parse(readFileSync(join(run, "result.json"), "utf8")).hardware;
    expect(energyTable).toMatchObject({ name: "dosa", source: expect.stringContaining("DOSA") });
    const sramPj = (kb: number, bits: number) => ((5 / 99.5) * (kb - 0.5) + 1) * (bits / 16);
    const kb = (Math.ceil((1024 * scratchpadKb) / peDim) * peDim) / 1024;
    expect(levels[0]).toMatchObject({ level: "DRAM", rows: null, rowBits: 512, readPj: 200 * 32, leakPjPerCycle: 0 });
    expect(levels[1].readPj).toBeCloseTo(sramPj(kb, 8 * peDim), 6);
    expect(levels[1].fillPj).toBe(levels[1].readPj);
    expect(mac.energyPj).toBeCloseTo(0.5608, 12);
    expect((await loopnest(["explain", run, "--prices"])).stdout).toContain(`source: ${energyTable.source}`);
  });

  it("gives the same as JSON: figures of the run, elasticities that add up", async () => {
    const { stdout } = await loopnest(["explain", run, "--json"]);
    const network = JSON.parse(stdout);
    const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    expect(network.hardware).toEqual(result.hardware);
    network.layers.forEach(
      (layer: { explanation: { evaluation: { cycles: number; energyPj: number } } }, i: number) => {
        expect(layer.explanation.evaluation.cycles).toBe(result.layers[i].latencyCycles);
        expect(layer.explanation.evaluation.energyPj).toBe(result.layers[i].energyPj);
      },
    );
    for (const { size, value, needs } of network.sizeNeeds) {
      // Minimal hardware: some layer needs every bit of a size that was searched.
      expect(Math.max(...needs), size).toBe(value);
    }
    const prices = network.elasticities.filter(({ name }: { name: string }) => / energy of |^energy of /.test(name));
    expect(prices.reduce((sum: number, { energy }: { energy: number }) => sum + energy, 0)).toBeCloseTo(1, 5);
  });

  it("explains one layer: loop nest, tiles, traffic and what the latency waits for", async () => {
    const { layers } = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    const { status, stdout } = await loopnest(["explain", run, "--layer", layers[0].name]);
    expect(status).toBe(0);
    for (const text of [
      "DRAM: Weights",
      "instances used",
      "DRAM > Scratchpad",
      "sets the latency",
      "of the MACs' time",
    ]) {
      expect(stdout).toContain(text);
    }
  });

  it("searches what other sizes are worth", async () => {
    const { stdout } = await loopnest(["explain", run, "--adapt", "--json"]);
    const { adapted } = JSON.parse(stdout);
    expect(adapted.length).toBeGreaterThan(0);
    for (const { from, to, asIs, adapted: after } of adapted) {
      expect(to).not.toBe(from);
      if (asIs !== null) expect(after).toBeLessThanOrEqual(asIs * (1 + 1e-9));
    }
  });

  it("names a layer that is not there, with the one that may be meant", async () => {
    const { layers } = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    const { status, stderr } = await loopnest(["explain", run, "--layer", `${layers[0].name}x`]);
    expect(status).toBe(2);
    expect(stderr).toContain(`did you mean ${layers[0].name}`);
  });
});

describe("loopnest explain of a case", () => {
  it("explains a mapping that fits", async () => {
    const file = caseFile("fits", 16, 16);
    const { status, stdout } = await loopnest(["explain", "--case", file, "--json"]);
    expect(status).toBe(0);
    const { id, explanation } = JSON.parse(stdout);
    expect(id).toBe("fits");
    const { mapping } = JSON.parse(readFileSync(file, "utf8"));
    expect(explanation.evaluation).toEqual(evaluate(problem, architecture, mapping));
  });

  it("says why a mapping does not fit, and gives the nearest one that does", async () => {
    const { status, stdout } = await loopnest(["explain", "--case", caseFile("wide", 32, 16), "--target", "gemmini"]);
    expect(status).toBe(0);
    expect(stdout).toContain("fanout: the mapping unrolls over 32 columns of Accumulator, there are 16");
    expect(stdout).toContain("the nearest mapping that fits, 1 move away");
    expect(stdout).toMatch(/move a factor 2 of K from the columns below Scratchpad to the loops of (DRAM|Accumulator)/);
  });

  it("gives a nearest mapping that evaluates", async () => {
    const { stdout } = await loopnest(["explain", "--case", caseFile("wide", 64, 32), "--json"]);
    const { rejection } = JSON.parse(stdout);
    expect(rejection.reasons.map(({ code }: { code: string }) => code)).toContain("fanout");
    const { mapping, evaluation } = rejection.nearest;
    expect(evaluate(problem, architecture, mapping)).toEqual(evaluation);
  });

  it("needs a run or a case, not both", async () => {
    expect(await loopnest(["explain"])).toMatchObject({ status: 2, stdout: "" });
    expect((await loopnest(["explain", run, "--case", caseFile("fits", 16, 16)])).status).toBe(2);
    const { status, stderr } = await loopnest(["explain", run, "--target", "gemmini"]);
    expect([status, stderr]).toEqual([2, "error: --target goes with --case; a run has its own\n"]);
  });

  it("asks for the target that the case is made for", async () => {
    const { status, stderr } = await loopnest(["explain", "--case", caseFile("wide", 32, 16), "--target", "eyeriss"]);
    expect(status).toBe(2);
    expect(stderr).toContain("choose the target that the architecture is made from");
  });
});
