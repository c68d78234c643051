import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { builtInTarget, gemmini, type Target } from "@loopnest/mapspace";
import { workloadSchema } from "@loopnest/mapspace/schema";
import { analyticalModel, builtInEnergyTable } from "@loopnest/model-analytical";
import { exact, runSearch } from "@loopnest/optimizers";
import { beforeAll, describe, expect, test } from "vitest";
import type { FrontResult } from "../src/pareto/front-result.js";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const small = fixture("small.yaml");
const inScratch = (...names: string[]) => join(scratch, ...names);
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const quick = ["--samples", "240", "--starts", "3", "--points", "4", "--workers", "1"];
const frontOf = (dir: string): FrontResult => JSON.parse(readFileSync(inScratch(dir, "pareto.json"), "utf8"));

/** What a front says, without what differs from run to run. */
function answer({ searches, ...front }: FrontResult) {
  return { ...front, searches: searches.map(({ seconds: _, ...search }) => search) };
}

/** Down to the smallest hardware, however bad designs are there. */
const wide = ["--min-area", "0.001"];

describe("loopnest pareto", () => {
  let stdout: string;
  beforeAll(async () => {
    const ended = await run("pareto", small, ...quick, ...wide, "-o", "whole");
    expect(ended.status).toBe(0);
    stdout = ended.stdout;
  });

  test("finds designs of ever less area, down to the smallest hardware, and a front that falls", () => {
    const { searches, front, smallest, status } = frontOf("whole");
    expect(status).toBe("finished");
    expect(searches.map(({ name }) => name)).toEqual(["01", "02", "03", "04"]);
    expect(smallest.hardware).toEqual({ peDim: 2, scratchpadKb: 1, accumulatorKb: 1 });
    expect(searches[1]!.design!.areaMm2).toBeCloseTo(smallest.areaMm2, 12);
    for (const { limitMm2, design } of searches.slice(1)) expect(design!.areaMm2).toBeLessThanOrEqual(limitMm2!);
    const values = front.map((name) => searches.find((search) => search.name === name)!.design!);
    expect(values.map(({ areaMm2 }) => areaMm2)).toEqual(values.map(({ areaMm2 }) => areaMm2).sort((a, b) => a - b));
    expect(values.map(({ value }) => value)).toEqual(values.map(({ value }) => value).sort((a, b) => b - a));
  });

  test("writes table, page, pictures and a run folder for each search", async () => {
    expect(readdirSync(inScratch("whole")).sort()).toEqual(
      ["front.json", "pareto.csv", "pareto.html", "pareto.json", "pareto.png", "pareto.svg", "searches"].sort(),
    );
    expect(stdout).toMatch(/^search +limit, mm2 +area, mm2 +EDP, uJ x cycles .*on the front$/m);
    expect(stdout).toMatch(/^01 +none +\S+ +\S+ +1\.000 x .* yes$/m);
    const [head, ...rows] = readFileSync(inScratch("whole", "pareto.csv"), "utf8").trimEnd().split("\n");
    expect(head).toBe(
      "search,limitMm2,areaMm2,value,edp,energyUj,latencyCycles,lowerBound," +
        "peDim,scratchpadKb,accumulatorKb,onFront,best",
    );
    expect(rows).toHaveLength(4);
    const page = readFileSync(inScratch("whole", "pareto.html"), "utf8");
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).toContain('href="searches/04/report.html"');
    expect(page).not.toMatch(/<script|<link|<img|NaN|undefined/);
    expect(readFileSync(inScratch("whole", "pareto.svg"), "utf8")).not.toMatch(/NaN|var\(--|currentColor/);
    const [first] = frontOf("whole").searches;
    expect((await run("evaluate", "--run", join("whole", "searches", "02"))).status).toBe(0);
    expect((await run("show", join("whole", "searches", "01"), "--json")).stdout).toContain(
      `"value": ${first!.design!.value}`,
    );
  });

  test("killed without warning goes on to the same front, and repeats no finished search", async () => {
    const { status } = await loopnestProcess(["pareto", small, ...quick, ...wide, "-o", "killed"], {
      cwd: scratch,
      async started(child) {
        const parts = inScratch("killed", "searches", "02", "parts");
        while (
          child.exitCode === null &&
          !(existsSync(parts) && readdirSync(parts).some((name) => /json$/.test(name)))
        ) {
          await setTimeout(2);
        }
        child.kill("SIGKILL");
      },
    });
    expect(status).toBe(null);
    expect(frontOf("killed").status).toBe("unfinished");
    const before = statSync(inScratch("killed", "searches", "01", "result.json")).mtimeMs;
    const resumed = await run("pareto", "--resume", "killed", "--json");
    expect(resumed.status).toBe(0);
    expect(statSync(inScratch("killed", "searches", "01", "result.json")).mtimeMs).toBe(before);
    expect(answer(frontOf("killed"))).toEqual(answer(frontOf("whole")));
    expect(JSON.parse(resumed.stdout)).toEqual(frontOf("killed"));
    const again = await run("pareto", small, ...quick, ...wide, "-o", "killed", "--jsonl");
    expect(again.stderr).toMatch(/^every search was finished before$/m);
    expect(
      again.stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).name),
    ).toEqual(["01", "02", "03", "04"]);
  });

  test("ended by Ctrl-C says how to go on", async () => {
    const { status, stderr } = await loopnestProcess(["pareto", small, ...quick, ...wide, "-o", "stopped"], {
      cwd: scratch,
      async started(child) {
        // A part is finished: the search is under way and listens.
        const part = inScratch("stopped", "searches", "02", "parts", "01.json");
        while (child.exitCode === null && !existsSync(part)) await setTimeout(2);
        child.kill("SIGINT");
      },
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/to go on: loopnest pareto --resume stopped$/m);
    expect((await run("pareto", "--resume", "stopped")).status).toBe(0);
    expect(answer(frontOf("stopped"))).toEqual(answer(frontOf("whole")));
  });

  test("with a limit of latency closes in on the least area that keeps it", async () => {
    const fast = frontOf("whole").searches[0]!.design!.latencyCycles;
    const limit = ["--max-latency", String(Math.ceil(1.5 * fast))];
    const args = ["pareto", small, ...quick, "--points", "6", ...limit, "-o", "fast"];
    expect((await run(...args)).stdout).toMatch(/ nothing found$/m);
    const { searches } = frontOf("fast");
    const failed = searches.flatMap(({ design, limitMm2 }) => (design === null ? [limitMm2!] : []));
    const found = searches.flatMap(({ design }) => (design === null ? [] : [design]));
    for (const { latencyCycles } of found) expect(latencyCycles).toBeLessThanOrEqual(1.5 * fast + 1);
    const smallest = Math.min(...found.map(({ areaMm2 }) => areaMm2));
    // Where nothing was found although something fits, that was found within less.
    expect(Math.max(...failed.filter((limit) => limit < smallest))).toBeGreaterThan(smallest / 4);
    const again = await run(...args);
    expect(again.stderr).toMatch(/^every search was finished before$/m);
    expect(answer(frontOf("fast")).searches).toEqual(answer({ ...frontOf("fast"), searches }).searches);
  });

  test("takes several networks, and the objective's name", async () => {
    writeFileSync(inScratch("other.yaml"), "name: other\nlayers: [{matmul: {name: a, m: 8, n: 8, k: 8}}]\n");
    const args = ["pareto", small, "other.yaml", "--weight", "other=9", "--objective", "latency", "--points", "2"];
    const { status, stdout } = await run(...args, "--samples", "60", "--max-area", "0.5", "-o", "several");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^small \+ 9 x other on gemmini: /);
    expect(stdout).toMatch(/latency, cycles/);
    expect(frontOf("several").searches[0]!.design!.areaMm2).toBeLessThanOrEqual(0.5);
  });
});

test("with the exact search every point is the best of all designs within its limit", async () => {
  const ranges: Record<string, [number, number]> = { peDim: [2, 7], scratchpadKb: [1, 2], accumulatorKb: [1, 2] };
  const tiny: Target = {
    ...gemmini,
    name: "tiny",
    sizes: gemmini.sizes.map((size) => {
      const [min, max] = ranges[size.name]!;
      return { ...size, min, max, default: min };
    }),
  };
  writeFileSync(inScratch("tiny.json"), JSON.stringify(tiny));
  const network = { name: "one", layers: [{ matmul: { name: "product", m: 16, n: 20, k: 12 } }] };
  writeFileSync(inScratch("one.json"), JSON.stringify(network));
  const args = ["pareto", "one.json", "--target", "tiny.json", "--method", "exact", "--points", "5", "-o", "tiny"];
  expect((await run(...args)).status).toBe(0);

  // Every hardware there is, one after the other, each with its best mapping.
  const task = {
    model: analyticalModel(tiny, { table: builtInEnergyTable(tiny.energyTable) }),
    workload: workloadSchema.parse(network),
    objective: { name: "edp" },
  } as const;
  const all: { areaMm2: number; value: number }[] = [];
  for (const peDim of [2, 3, 4, 5, 6, 7]) {
    for (const scratchpadKb of [1, 2]) {
      for (const accumulatorKb of [1, 2]) {
        const fixed = { peDim, scratchpadKb, accumulatorKb };
        const { best } = await runSearch(exact, { ...task, fixed }, { seed: 1, samples: 1, firstSamples: 0 });
        if (best !== null) all.push(best);
      }
    }
  }
  const { searches, front } = frontOf("tiny");
  expect(searches.length).toBeGreaterThan(2);
  for (const { limitMm2, design, lowerBound } of searches) {
    const within = all.filter(({ areaMm2 }) => areaMm2 <= (limitMm2 ?? Number.POSITIVE_INFINITY));
    const least = Math.min(...within.map(({ value }) => value));
    expect(design!.value / least).toBeCloseTo(1, 9);
    expect(lowerBound! / least).toBeCloseTo(1, 9);
  }
  expect(front.length).toBeGreaterThan(2);
});

describe("is refused", () => {
  test.each([
    [["--objective", "edap"], /^error: --objective: area is the other axis of the front already; choose edp, /],
    [["--energy-table", "no-areas.yaml"], /^error: --energy-table: energy table mine has no areas; choose one/],
    [["--points", "0"], /--points <n>.* give a whole number of at least 1/],
    [["-o", "foreign"], /^error: foreign: the folder holds files, but no front; choose a new or empty folder/],
    [["--resume", "foreign"], /--resume knows what to search from the folder; leave out .*small\.yaml/],
  ])("%j", async (args, said) => {
    const levels = builtInTarget("gemmini").levels.map(({ name }) => `  ${name}: {energyPerVectorAccessPj: 10}\n`);
    writeFileSync(inScratch("no-areas.yaml"), `name: mine\nlevels:\n${levels.join("")}mac: {energyPj: 1}\n`);
    mkdirSync(inScratch("foreign"), { recursive: true });
    writeFileSync(inScratch("foreign", "notes.txt"), "mine");
    const { status, stdout, stderr } = await run("pareto", small, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(said);
  });

  test("another front in the folder, unless it is forced", async () => {
    const args = ["pareto", small, "--samples", "30", "-o", "another"];
    expect((await run(...args, "--points", "1")).status).toBe(0);
    const refused = await run(...args, "--points", "2");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^error: another: the folder holds another front: 1 points of small on gemmini/);
    expect((await run(...args, "--points", "2", "--force")).status).toBe(0);
    expect(frontOf("another").searches).toHaveLength(2);
  });

  test("limits that nothing keeps, with what is known to be possible", async () => {
    const tooFast = await run("pareto", small, ...quick, "--max-latency", "2", "-o", "none");
    expect(tooFast.status).toBe(3);
    expect(tooFast.stderr).toMatch(
      /^error: no design of small on gemmini was found .* the fastest design known takes \S+ cycles on/m,
    );
    const tooSmall = await run("pareto", small, ...quick, "--max-area", "0.001", "-o", "none");
    expect(tooSmall.stderr).toMatch(
      /the folder holds another front|the smallest hardware that runs it has 0\.01\d+ mm2/,
    );
  });
});
