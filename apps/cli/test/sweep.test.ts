import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const read = (...names: string[]) => readFileSync(join(scratch, ...names), "utf8");
const linesOf = (...names: string[]) =>
  existsSync(join(scratch, ...names))
    ? read(...names)
        .split("\n")
        .filter(Boolean)
    : [];
const rowsOf = (dir: string) => linesOf(dir, "results.jsonl").map((line) => JSON.parse(line));
const tables = ["results.jsonl", "results.csv", "manifest.jsonl"];
const study = fixture("study.yaml");

beforeAll(async () => {
  const { status, stdout, stderr } = await run("sweep", study, "-o", "whole", "--workers", "1");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "23 of 23 searches are done\n" });
  expect(stderr).toContain("written to whole/results.csv");
});

describe("a sweep", () => {
  test("has a row for every search, in the order of the study", () => {
    const rows = rowsOf("whole");
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => i + 1));
    expect(rows[0]).toMatchObject({
      workload: "small",
      target: "gemmini",
      objective: "edp",
      method: "random",
      seed: 1,
    });
    expect(rows[0].options).toBe("pad=off samples=20 fix.peDim=4");
    expect(rows[0].size_peDim).toBe(4);
    const status = rows.map((row) => row.status);
    expect(status.filter((one) => one === "found")).toHaveLength(22);
    expect(status.at(-1)).toBe("infeasible");
    const exact = rows.find(({ method }) => method === "exact");
    expect(exact.lower_bound).toBeCloseTo(exact.value, 6);
  });

  test("finds what loopnest search finds", async () => {
    const options = ["--method", "descent", "--samples", "20", "--starts", "1", "--pad", "off", "--seed", "2"];
    const { stdout } = await run(
      "search",
      fixture("small.yaml"),
      ...options,
      "--fix",
      "peDim=8",
      "--json",
      "-o",
      "one",
    );
    const result = JSON.parse(stdout);
    const isSame = (row: Record<string, unknown>) =>
      row["method"] === "descent" && row["objective"] === "edp" && row["seed"] === 2 && row["size_peDim"] === 8;
    const row = rowsOf("whole").find(isSame);
    expect(row.value).toBe(result.value);
    expect(row.latency_cycles).toBe(result.totals.latencyCycles);
    expect(row.energy_J).toBeCloseTo(result.totals.energyUj / 1e6, 12);
    expect(row.area_mm2).toBe(result.totals.areaMm2);
  });

  test("is the same table in every form, by a reader that is not ours", async () => {
    const rows = rowsOf("whole");
    const file = await asyncBufferFromFile(join(scratch, "whole", "results.parquet"));
    const parquet = await parquetReadObjects({ file });
    const plain = (value: unknown) => (typeof value === "bigint" ? Number(value) : (value ?? null));
    expect(
      parquet.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))),
    ).toEqual(rows);
    const [header, ...records] = linesOf("whole", "results.csv");
    expect(header!.split(",")).toEqual(Object.keys(rows[0]));
    expect(records.map((record) => record.split(",")[1])).toEqual(rows.map(({ key }) => key));
  });

  test("has a page: the best of every objective, fronts, all figures side by side", () => {
    const page = read("whole", "sweep.html");
    expect(page).not.toContain("<script");
    for (const objective of ["edp", "energy"]) {
      const own = rowsOf("whole").filter((row) => row.objective === objective && row.status === "found");
      const least = own.reduce((best, row) => (row.value < best.value ? row : best));
      const row = page.split(/<tr[^>]*>/).find((text) => text.includes(`<td>${objective}</td>`))!;
      expect(row).toMatch(new RegExp(`>${least.number}</td></tr>`));
    }
    // Fronts over every two figures and the parallel axes, for desks and for phones.
    expect(page.match(/<svg/g)).toHaveLength(14);
    expect(page.match(/type="radio"/g)).toHaveLength(6);
    for (const choice of ["network-0", "target-0"]) {
      expect(page).toContain(`id="${choice}" checked`);
      for (const element of ["g", "tr"]) {
        expect(page).toMatch(new RegExp(`<${element} [^>]*class="[^"]*\\b${choice}\\b`));
      }
    }
  });

  test("does not depend on the number of threads", async () => {
    expect((await run("sweep", study, "-o", "threads", "--workers", "3")).status).toBe(0);
    for (const table of tables) expect(read("threads", table)).toBe(read("whole", table));
  });

  test("begun again in its folder runs nothing", async () => {
    const { status, stderr } = await run("sweep", study, "-o", "threads");
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("has 23 of 23 answers") });
    expect(linesOf("threads", "journal.jsonl")).toHaveLength(23);
  });

  test("killed without warning, again and again, goes on to the same table", async () => {
    const args = ["sweep", study, "-o", "killed", "--workers", "1"];
    for (const answers of [1, 12]) {
      const { status } = await loopnestProcess(args, {
        cwd: scratch,
        async started(child) {
          while (child.exitCode === null && linesOf("killed", "journal.jsonl").length < answers) await setTimeout(2);
          child.kill("SIGKILL");
        },
      });
      expect(status).toBe(null);
    }
    // What a failure of power may leave of a line.
    const half = linesOf("killed", "journal.jsonl").at(-1)!.slice(0, 50).replace("{", '{"');
    writeFileSync(join(scratch, "killed", "journal.jsonl"), half, { flag: "a" });
    const { status, stderr } = await run("sweep", "--resume", "killed");
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/has \d+ of 23 answers, which stay/),
    });
    const keys = linesOf("killed", "journal.jsonl").map((line) => JSON.parse(line).key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const table of tables) expect(read("killed", table)).toBe(read("whole", table));
    expect(readdirSync(join(scratch, "killed")).sort()).toEqual(readdirSync(join(scratch, "whole")).sort());
  });

  test("stopped with Ctrl-C keeps what is done", async () => {
    const { status, stderr } = await loopnestProcess(["sweep", study, "-o", "stopped", "--workers", "1"], {
      cwd: scratch,
      async started(child) {
        while (child.exitCode === null && linesOf("stopped", "journal.jsonl").length < 5) await setTimeout(2);
        child.kill("SIGINT");
      },
    });
    expect({ status, stderr }).toEqual({ status: 130, stderr: expect.stringContaining("--resume stopped") });
    const kept = rowsOf("stopped");
    expect(kept.length).toBeGreaterThanOrEqual(5);
    expect(kept).toEqual(rowsOf("whole").slice(0, kept.length));
    const { stdout } = await run("sweep", "status", "stopped", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ state: "stopped", done: kept.length, left: 23 - kept.length });
  });

  test("keeps what failed, and runs it again when it is told to", async () => {
    cpSync(join(scratch, "whole"), join(scratch, "failed"), { recursive: true });
    const [first, ...others] = linesOf("whole", "journal.jsonl");
    const { key } = JSON.parse(first!);
    const failure = JSON.stringify({ key, by: "far:1", error: "it was too dark" });
    writeFileSync(join(scratch, "failed", "journal.jsonl"), `${[failure, ...others].join("\n")}\n`);
    const stopped = await run("sweep", "--resume", "failed");
    expect(stopped).toMatchObject({ status: 1, stderr: expect.stringContaining("--retry-failed failed") });
    expect(rowsOf("failed").find((row) => row.key === key)).toMatchObject({
      status: "failed",
      error: "it was too dark",
    });
    expect((await run("sweep", "--retry-failed", "failed")).status).toBe(0);
    for (const table of tables) expect(read("failed", table)).toBe(read("whole", table));
  });

  test("that keeps runs has a whole run folder for each", async () => {
    const text = readFileSync(study, "utf8").replaceAll("small.yaml", fixture("small.yaml"));
    writeFileSync(join(scratch, "runs.yaml"), `${text.replace("{ from: 1, to: 3 }", "[2, 3]")}keep: runs\n`);
    expect((await run("sweep", "runs.yaml", "-o", "runs")).status).toBe(0);
    const found = rowsOf("runs").filter(({ status }) => status === "found");
    expect(readdirSync(join(scratch, "runs", "runs"))).toHaveLength(found.length);
    // From the table of the best, and from points of the fronts.
    const links = [...read("runs", "sweep.html").matchAll(/href="(runs\/\d{6}\/report\.html)"/g)].map(
      (link) => link[1]!,
    );
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(existsSync(join(scratch, "runs", link))).toBe(true);
    const { status, stdout } = await run("evaluate", "--run", "runs/runs/000001", "--json");
    expect({ status, reproduces: JSON.parse(stdout).reproduces }).toEqual({ status: 0, reproduces: true });
    expect(existsSync(join(scratch, "runs", "runs", "000001", "layers.csv"))).toBe(true);
  });

  test("tried without running says how many searches, and how long", async () => {
    const { stdout } = await run("sweep", study, "--dry-run", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ name: "small", searches: 23, repeated: 1, seconds: null });
  });
});

describe("refused, in one message with the place", () => {
  const cases: [what: string, text: string, message: RegExp][] = [
    ["an unknown target", "axes:\n  workload: [bert]\n  target: [gemini]", /^x.yaml:3:12: axes.target\[0\]: .*gemmini/],
    [
      "an unknown network",
      "axes:\n  workload: [bert, brt]",
      /^x.yaml:2:20: axes.workload\[1\]: there is no workload brt/,
    ],
    [
      "a size out of range",
      "axes:\n  workload: [bert]\n  fix: [{peDim: 0}]",
      /^x.yaml:2:3: axes: .*\(point bert,.*\).*exclude it/,
    ],
    ["an option without use", "axes:\n  workload: [bert]\noptions: {gap: 0.1}", /^x.yaml:3:16: options.gap: no method/],
    [
      "an exclusion without use",
      "axes: {workload: [bert]}\nexclude: [{seed: 7}]",
      /^x.yaml:2:11: exclude\[0\]: it leaves out no/,
    ],
    ["no study", "layers: []", /^x.yaml:1:1: layers: there is no field layers/],
  ];
  test.each(cases)("%s", async (_, text, message) => {
    writeFileSync(join(scratch, "x.yaml"), text);
    const { status, stderr } = await run("sweep", "x.yaml", "-o", "none");
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(message) });
    expect(existsSync(join(scratch, "none", "sweep.json"))).toBe(false);
  });

  test("a folder of other files, or of another sweep", async () => {
    expect((await run("sweep", study, "-o", "one")).stderr).toContain("holds files, but no sweep");
    writeFileSync(join(scratch, "x.yaml"), "axes: {workload: [bert]}");
    expect((await run("sweep", "x.yaml", "-o", "whole")).stderr).toContain("another sweep: small, 23 searches");
  });

  test("a damaged manifest, or a journal with two answers of one search", async () => {
    for (const dir of ["damaged", "twice"]) cpSync(join(scratch, "whole"), join(scratch, dir), { recursive: true });
    writeFileSync(
      join(scratch, "damaged", "manifest.jsonl"),
      read("whole", "manifest.jsonl").replace('"seed":1', '"seed":2'),
    );
    expect(await run("sweep", "--resume", "damaged")).toMatchObject({ status: 2 });
    const [line] = linesOf("whole", "journal.jsonl");
    const other = { ...JSON.parse(line!), sha256: "0".repeat(64) };
    writeFileSync(join(scratch, "twice", "journal.jsonl"), `${JSON.stringify(other)}\n`, { flag: "a" });
    const { status, stderr } = await run("sweep", "--resume", "twice");
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("has two answers") });
  });
});
