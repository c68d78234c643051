import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { builtInWorkload, workloadMacs } from "@loopnest/mapspace";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunResult } from "../src/run-folder/run-result.js";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const small = fixture("small.yaml");
const inScratch = (...names: string[]) => join(scratch, ...names);
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const quick = ["--samples", "120", "--starts", "3", "--seed", "5"];
const resultOf = (dir: string): RunResult => JSON.parse(readFileSync(inScratch(dir, "result.json"), "utf8"));

/** What a search has found, without what differs from run to run. */
function answer({ startedAt: _, seconds: __, workers: ___, convergence, ...rest }: RunResult) {
  return { ...rest, convergence: convergence.map(({ samples, value }) => [samples, value]) };
}

// Its second layer has the shape of the other network's.
writeFileSync(
  inScratch("other.yaml"),
  [
    "name: other",
    "layers:",
    "  - conv: {name: stem, R: 1, S: 1, P: 12, Q: 12, C: 6, K: 10}",
    "  - count: 5",
    "    matmul: {name: classifier, m: 16, n: 32, k: 64}",
    "dataMovement:",
    "  - {name: pool, kind: MaxPool, count: 2, wordsRead: 640, wordsWritten: 160}",
    "",
  ].join("\n"),
);
const both = [small, "other.yaml", "--weight", "other=3"];

describe("several networks on one accelerator", () => {
  let printed: string;
  beforeAll(async () => {
    const { status, stdout } = await run("search", ...both, ...quick, "-o", "both");
    expect(status).toBe(0);
    printed = stdout;
  });

  test("have layers of their own and shared ones, and totals by themselves", () => {
    const { inputs, layers, networks, totals } = resultOf("both");
    expect(inputs.workload.name).toBe("small + 3 x other");
    expect(layers.map(({ name, count }) => [name, count])).toEqual([
      ["small/conv", 2],
      ["small/product+other/classifier", 1 + 3 * 5],
      ["other/stem", 3],
    ]);
    const [conv, product, stem] = layers as [RunResult["layers"][0], RunResult["layers"][0], RunResult["layers"][0]];
    const [one, two] = networks!;
    expect(networks!.map(({ name, weight }) => [name, weight])).toEqual([
      ["small", 1],
      ["other", 3],
    ]);
    expect(one!.totals.latencyCycles).toBe(2 * conv.latencyCycles + product.latencyCycles);
    const moved = two!.totals.dataMovement!;
    expect(two!.totals.latencyCycles).toBe(stem.latencyCycles + 5 * product.latencyCycles + moved.latencyCycles);
    expect(one!.totals.dataMovement).toMatchObject({ wordsRead: 0, wordsWritten: 0 });
    expect(moved).toMatchObject({ wordsRead: 1280, wordsWritten: 320 });
    expect(totals.latencyCycles).toBe(one!.totals.latencyCycles + 3 * two!.totals.latencyCycles);
    expect(totals.energyUj).toBeCloseTo(one!.totals.energyUj + 3 * two!.totals.energyUj, 9);
    expect(totals.edp).toBeCloseTo(totals.energyUj * totals.latencyCycles, 6);
  });

  test("stand in the table, in show, explain and the page", async () => {
    const row = /^other +3 +\d+\.\d %( +\S+){3} +\d+\.\d %$/m;
    expect(printed).toMatch(/^small \+ 3 x other on gemmini: /);
    expect(printed).toMatch(row);
    expect((await run("show", "both")).stdout).toMatch(row);
    const explained = await run("explain", "both");
    expect(explained.stdout).toMatch(row);
    expect(explained.stdout).toContain("small/product+other/classifier");
    const page = readFileSync(inScratch("both", "report.html"), "utf8");
    expect(page).toMatch(/<h3[^>]*>Networks<\/h3>.*<td>small<\/td>.*<td>other<\/td>/s);
  });

  test("reproduce, and not with a figure of one network changed", async () => {
    expect((await run("evaluate", "--run", "both")).status).toBe(0);
    const text = readFileSync(inScratch("both", "result.json"), "utf8");
    const result = JSON.parse(text);
    result.networks[1].totals.energyUj *= 1.01;
    writeFileSync(inScratch("both", "result.json"), JSON.stringify(result));
    const { status, stderr } = await run("evaluate", "--run", "both");
    writeFileSync(inScratch("both", "result.json"), text);
    expect(status).toBe(1);
    expect(stderr).toMatch(/result\.json: networks\[1\]\.totals\.energyUj is /);
  });

  test("go to Timeloop's files layer by layer", async () => {
    const { status, stdout } = await run("export", "timeloop", "--run", "both", "-o", "timeloop");
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  });

  test("are another run with another weight", async () => {
    const changed = [small, "other.yaml", "--weight", "other=2"];
    const { status, stderr } = await run("search", ...changed, ...quick, "-o", "both");
    expect(status).toBe(2);
    expect(stderr).toMatch(/the folder holds a run of other inputs or options: small \+ 3 x other on gemmini/);
  });

  test("end as if never killed", async () => {
    const parts = () =>
      existsSync(inScratch("killed", "parts"))
        ? readdirSync(inScratch("killed", "parts")).filter((name) => name.endsWith(".json"))
        : [];
    await loopnestProcess(["search", ...both, ...quick, "--workers", "1", "-o", "killed"], {
      cwd: scratch,
      async started(child) {
        while (child.exitCode === null && parts().length < 1) await setTimeout(2);
        child.kill("SIGKILL");
      },
    });
    expect(existsSync(inScratch("killed", "result.json"))).toBe(false);
    expect((await run("search", "--resume", "killed")).status).toBe(0);
    expect(answer(resultOf("killed"))).toEqual(answer(resultOf("both")));
  });

  test("have a certified optimum", async () => {
    expect((await run("search", ...both, "--fix", "peDim=8", "--method", "exact", "-o", "exact")).status).toBe(0);
    const { value, lowerBound, totals } = resultOf("exact");
    expect(value / lowerBound!).toBeCloseTo(1, 9);
    expect(value).toBe(totals.edp);
    expect((await run("search", ...both, ...quick, "--fix", "peDim=8", "-o", "descent")).status).toBe(0);
    expect(resultOf("descent").value).toBeGreaterThanOrEqual(value * (1 - 1e-9));
  });

  test("can be mapped, some of their layers too", async () => {
    const args = ["map", ...both, "--layer", "other/stem", ...quick, "--json", "-o", "mapped"];
    const { layers, networks }: RunResult = JSON.parse((await run(...args)).stdout);
    expect(layers.map(({ name, count }) => [name, count])).toEqual([["other/stem", 3]]);
    expect(networks!.map(({ name, totals }) => [name, totals.latencyCycles])).toEqual([
      ["other", layers[0]!.latencyCycles],
    ]);
  });
});

test("--dim is for all networks that have open sizes, or for one", async () => {
  const dims = ["--dim", "batch=2", "--dim", "bert-base/sequence=16"];
  const args = ["map", small, "resnet18", "bert-base", ...dims, "--samples", "2", "--json", "-o", "sized"];
  const { status, stdout } = await run(...args);
  expect(status).toBe(0);
  const { networks }: RunResult = JSON.parse(stdout);
  const alone = (name: string, sizes: object) => workloadMacs(builtInWorkload(name, sizes));
  expect(networks!.slice(1).map(({ totals }) => totals.macs)).toEqual([
    alone("resnet18", { batch: 2 }),
    alone("bert-base", { batch: 2, sequence: 16 }),
  ]);
  const refused = await run("map", small, "resnet18", "bert-base", "--dim", "sequence=16");
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: --dim: .*resnet18/) });
});

test("one network with weight 1 is that network", async () => {
  await Promise.all([
    run("search", small, ...quick, "-o", "plain"),
    run("search", small, ...quick, "--weight", "small=1", "-o", "weighted"),
  ]);
  expect(answer(resultOf("weighted"))).toEqual(answer(resultOf("plain")));
  expect(resultOf("plain")).not.toHaveProperty("networks");
});

test.each([
  [[small, small], /small\.yaml is given twice; give it once, and how often it runs with --weight /],
  [[small, "other.yaml", "--weight", "othr=2"], /^error: --weight: there is no network othr; did you mean other\?$/m],
  [[small, "other.yaml", "--weight", "other=0.5"], /--weight: other is 0\.5; give a whole number of at least 1/],
  [[small, "other.yaml", "--weight", "other"], /--weight: cannot read other; write it like small=2/],
  [[small, "other.yaml", "--weight", "other=1", "--weight", "other=2"], /--weight: other is given twice; give it once/],
  [[small, "othr.yaml"], /^error: othr\.yaml: no such file/m],
  [
    [small, "other.yaml", "--dim", "batch=1"],
    /--dim: .*small\.yaml is a workload file, in which every size is a number/,
  ],
])("%j is refused", async (args, said) => {
  const { status, stdout, stderr } = await run("search", ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(said);
});
