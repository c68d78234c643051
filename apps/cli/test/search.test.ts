import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunResult } from "../src/run-folder/run-result.js";
import { type Ended, fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const small = fixture("small.yaml");
const options = ["--target", "gemmini", "--samples", "200", "--seed", "7"];
const search = (...args: string[]) => loopnest(["search", small, ...options, ...args], { cwd: scratch });
const resultOf = (run: string): RunResult => JSON.parse(readFileSync(join(scratch, run, "result.json"), "utf8"));

/** What a search has found, without what differs from run to run. */
function answer({ startedAt, seconds, workers, convergence, ...result }: RunResult) {
  return { ...result, convergence: convergence.map(({ samples, value }) => [samples, value]) };
}

describe("less area", () => {
  test("a search ends with what it costs, and --within takes it", async () => {
    const many = ["--samples", "2000"];
    const free = await search(...many, "-o", "free");
    const { next, totals, value, hardware } = resultOf("free");
    expect(next!.smaller.length).toBeGreaterThan(0);
    for (const smaller of next!.smaller) {
      expect(smaller.areaMm2).toBeLessThan(totals.areaMm2);
      expect(smaller.value).toBeLessThanOrEqual(value * (1 + smaller.within));
    }
    for (const size of next!.sizes) expect(size.value).toBe(hardware[size.name]);
    expect(free.stdout).toMatch(/^within \d % +\S+ mm2, \+\S+ % EDP: --within \d% \(peDim /m);

    const small = await search(...many, "--within", "5%", "-o", "within");
    const result = resultOf("within");
    expect(result.within).toMatchObject({ share: 0.05, value, areaMm2: totals.areaMm2 });
    expect(result.within!.bounds.map(({ of }) => of)).toEqual(["area", "energy"]);
    expect(result.value).toBeLessThanOrEqual(value * 1.05);
    expect(result.totals.areaMm2).toBeLessThan(totals.areaMm2);
    expect(result.options).toMatchObject({ within: 0.05 });
    expect(small.stdout).toMatch(/^within 5 % +least area, then energy, \+/m);
    expect(readFileSync(join(scratch, "within", "report.html"), "utf8")).toContain("What less area costs");
    const checked = await loopnest(["evaluate", "--run", "within"], { cwd: scratch });
    expect(checked).toMatchObject({ status: 0 });
  });

  test("is an objective of its own, under limits of energy and EDP", async () => {
    const { totals } = resultOf("free");
    const ended = await search("--objective", "area", "--max-edp", String(2 * totals.edp), "-o", "area");
    expect(ended.status).toBe(0);
    const result = resultOf("area");
    expect(result).toMatchObject({ objective: { name: "area", maxEdp: 2 * totals.edp }, unit: "mm2" });
    expect(result.value).toBe(result.totals.areaMm2);
    expect(result.totals.edp).toBeLessThanOrEqual(2 * totals.edp);
    const impossible = await search("--max-energy", "0.001", "-o", "impossible");
    expect(impossible.status).toBe(3);
    expect(impossible.stderr).toMatch(
      /within an energy of 0.001 uJ .*the most frugal design known reaches|takes \S+ uJ/,
    );
  });

  test("within a share of EDAP is a mistake", async () => {
    const ended = await search("--objective", "edap", "--within", "5%");
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining("--within: EDAP weighs area itself") });
    expect((await search("--within", "five")).stderr).toMatch(/give a share above 0, such as 5%$/m);
  });
});

describe("a finished run", () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await search("-o", "run");
  });

  test("prints hardware, totals and every layer", () => {
    expect(ended.status).toBe(0);
    expect(ended.stderr).toMatch(/^written to run$/m);
    const { hardware, totals } = resultOf("run");
    expect(ended.stdout).toMatch(/^small on gemmini: descent, seed 7, \d+ samples in /);
    for (const [name, size] of Object.entries(hardware)) expect(ended.stdout).toContain(`${name} ${size}`);
    expect(ended.stdout).toMatch(/^EDP +\S+ uJ x cycles$/m);
    expect(ended.stdout).toMatch(/^area +\S+ mm2$/m);
    expect(ended.stdout).toMatch(/^conv +2( +\d+\.\d %){3} +\w+ +\d+\.\d % +.*Accumulator/m);
    expect(ended.stdout).toMatch(/^product +1( +\d+\.\d %){3} /m);
    // Off a terminal nothing is coloured and nothing is rewritten.
    expect(ended.stdout + ended.stderr).not.toContain("\u001b");
    expect(totals.edp).toBeCloseTo(totals.energyUj * totals.latencyCycles, 6);
  });

  test("leaves a folder with everything in it", () => {
    const files = readdirSync(join(scratch, "run"), { recursive: true }).map(String).sort();
    expect(files.map((name) => name.replaceAll("\\", "/"))).toEqual([
      "SHA256SUMS",
      "convergence.csv",
      "inputs.json",
      "layers",
      "layers.csv",
      "layers/01-conv.yaml",
      "layers/02-product.yaml",
      "report.html",
      "result.json",
    ]);
    const result = resultOf("run");
    expect(result).toMatchObject({
      schemaVersion: 1,
      status: "finished",
      seed: 7,
      method: "descent",
      options: { samples: 200, seed: 7 },
      objective: { name: "edp" },
      fixed: {},
      inputs: { workload: { name: "small" }, target: { name: "gemmini" }, energyTable: { name: "dosa" } },
    });
    const shares = ["energy", "latency", "edp"] as const;
    for (const name of shares) {
      expect(result.layers.reduce((sum, { share }) => sum + share[name], 0)).toBeCloseTo(1, 9);
    }
    const [header, ...rows] = readFileSync(join(scratch, "run", "convergence.csv"), "utf8")
      .trimEnd()
      .split("\n");
    expect(header).toBe("samples,seconds,value");
    expect(rows).toHaveLength(result.convergence.length);
  });

  test("has a page that needs nothing else", () => {
    const page = readFileSync(join(scratch, "run", "report.html"), "utf8");
    // Six charts of the run, each drawn wide and narrow, and one of each layer.
    expect(page.match(/<svg /g)).toHaveLength(2 * 6 + 2);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=|NaN|undefined/);
    expect(page.match(/https?:\/\/[^"< ]+/g) ?? []).toEqual([]);
    expect(page).toContain("Registers Weights");
  });

  test("evaluates each layer file by itself to the figures of the result", async () => {
    const { layers, totals } = resultOf("run");
    for (const { file, latencyCycles, energyPj, utilization } of layers) {
      const { status, stdout } = await loopnest(["evaluate", "--case", join("run", file)], { cwd: scratch });
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        cycles: latencyCycles,
        energyPj,
        utilization,
        areaMm2: totals.areaMm2,
      });
    }
  });

  test("reproduces", async () => {
    const { status, stdout, stderr } = await loopnest(["evaluate", "--run", "run"], { cwd: scratch });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^run: every figure reproduces: 2 layers, EDP \S+ uJ x cycles\n$/);
  });

  const tampering: [what: string, file: string, from: RegExp, to: string, said: RegExp][] = [
    ["an energy", "result.json", /(?<="energyPj": )\d/, "9", /result\.json: layers\[0\]\.\S*energyPj is 9/],
    ["a size", "result.json", /(?<="peDim": )\d+/, "99", /layers\/01-conv\.yaml: architecture/],
    ["a hash", "result.json", /(?<="sha256": ")./, "z", /result\.json: inputs\.workload\.sha256/],
    ["a count", "inputs.json", /(?<="count": )2/, "3", /result\.json: inputs\.workload\.sha256/],
    [
      "a capacity",
      "layers/02-product.yaml",
      /(?<=capacityWords: )\d+/,
      "1",
      /02-product\.yaml: architecture\.levels\[1\]\.capacityWords is 1,/,
    ],
    ["a layer", "layers.csv", /^conv,\d+/m, "conv,7", /layers\.csv: not the layers of result\.json/],
    ["a point", "convergence.csv", /\n$/, "\n1,1,1\n", /convergence\.csv: not the convergence of result\.json/],
  ];
  test.each(tampering)("does not reproduce with %s changed in %s", async (what, file, from, to, said) => {
    const copy = `tampered-${what.replace(/\W/g, "-")}`;
    cpSync(join(scratch, "run"), join(scratch, copy), { recursive: true });
    const path = join(scratch, copy, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(from, to));
    expect(readFileSync(path, "utf8")).not.toBe(text);
    const { status, stdout, stderr } = await loopnest(["evaluate", "--run", copy], { cwd: scratch });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/does not reproduce/);
    expect(stderr).toMatch(said);
  });

  test.each(["inputs.json", "layers/01-conv.yaml", "convergence.csv", "report.html"])(
    "is damaged without %s",
    async (file) => {
      const copy = `damaged-${file.replace(/\W/g, "-")}`;
      cpSync(join(scratch, "run"), join(scratch, copy), { recursive: true });
      rmSync(join(scratch, copy, file));
      const { status, stderr } = await loopnest(["evaluate", "--run", copy], { cwd: scratch });
      expect(status).toBe(2);
      expect(stderr).toContain(`${join(copy, file)}: no such file`);
    },
  );
});

describe("the answer", () => {
  test("is the same with one worker and with three, and goes to standard output alone with --json", async () => {
    const [one, three] = await Promise.all([
      search("--json", "-o", "one", "--workers", "1"),
      search("--json", "-o", "three", "--workers", "3"),
    ]);
    expect([one.status, three.status]).toEqual([0, 0]);
    expect(answer(JSON.parse(one.stdout))).toEqual(answer(JSON.parse(three.stdout)));
    expect(JSON.parse(one.stdout)).toEqual(resultOf("one"));
  });

  test("comes as lines, improvements first, with --jsonl", async () => {
    const { status, stdout } = await search("--jsonl", "-o", "lines");
    expect(status).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { event, ...result } = lines.pop();
    expect(event).toBe("result");
    expect(result).toEqual(resultOf("lines"));
    const values = lines.map(({ event, value }) => (event === "improvement" ? value : Number.NaN));
    expect(values).toEqual([...new Set(values)].sort((a, b) => b - a));
    expect(values.at(-1)).toBeGreaterThanOrEqual(result.value);
  });

  test("keeps fixed sizes and limits", async () => {
    const { status } = await search(
      "-o",
      "fixed",
      "--fix",
      "peDim=8",
      "--fix",
      "scratchpadKb=4",
      "--max-area",
      "0.5",
      "--objective",
      "latency",
    );
    expect(status).toBe(0);
    const result = resultOf("fixed");
    expect(result.hardware).toMatchObject({ peDim: 8, scratchpadKb: 4 });
    expect(result.totals.areaMm2).toBeLessThanOrEqual(0.5);
    expect(result).toMatchObject({
      value: result.totals.latencyCycles,
      unit: "cycles",
      fixed: { peDim: 8, scratchpadKb: 4 },
    });
  });

  test("takes energies from a file, and says when it has no areas", async () => {
    const levels = ["DRAM", "Scratchpad", "Accumulator", "Registers"].map(
      (name) => `  ${name}: {energyPerVectorAccessPj: 10}\n`,
    );
    writeFileSync(join(scratch, "energies.yaml"), `name: mine\nlevels:\n${levels.join("")}mac: {energyPj: 1}\n`);
    const found = await search("-o", "own-energies", "--energy-table", "energies.yaml");
    expect(found.status).toBe(0);
    expect(found.stdout).toMatch(/^area +unknown to the energy table$/m);
    expect((await loopnest(["evaluate", "--run", "own-energies"], { cwd: scratch })).status).toBe(0);
    const limited = await search("--energy-table", "energies.yaml", "--max-area", "1");
    expect(limited).toMatchObject({ status: 2, stderr: "error: --max-area: energy table mine has no areas\n" });
  });

  test("exits 3 if nothing fits", async () => {
    const { status, stdout, stderr } = await search("-o", "nothing", "--max-area", "0.0001");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(
      /^error: no design of small on gemmini was found that fits within an area of 0\.0001 mm2 .*; raise the limit/m,
    );
    expect(() => statSync(join(scratch, "nothing"))).toThrow();
    const tooWide = await search("-o", "nothing", "--bits", "weights=100000000");
    expect(tooWide).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^error: no gemmini of these sizes holds/m),
    });
  });
});

describe("a run folder that is there", () => {
  test("is replaced by a run of the same inputs and options, which has the same answer", async () => {
    await search("-o", "again");
    const before = resultOf("again");
    writeFileSync(join(scratch, "again", "notes.txt"), "mine");
    const { status, stderr } = await search("-o", "again");
    expect(status).toBe(0);
    expect(stderr).toMatch(/in place of the earlier run of the same inputs and options/);
    expect(answer(resultOf("again"))).toEqual(answer(before));
    expect(readFileSync(join(scratch, "again", "notes.txt"), "utf8")).toBe("mine");
  });

  test("is kept from another run, unless that is forced", async () => {
    await search("-o", "other");
    const before = resultOf("other");
    const refused = await search("-o", "other", "--objective", "energy");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      new RegExp(
        String.raw`^error: other: the folder holds a run .*small on gemmini \(descent, edp, seed 7\); ` +
          "choose another folder with -o",
      ),
    );
    expect(resultOf("other")).toEqual(before);
    const forced = await search("-o", "other", "--objective", "energy", "--force");
    expect(forced.status).toBe(0);
    expect(resultOf("other").objective.name).toBe("energy");
    expect((await loopnest(["evaluate", "--run", "other"], { cwd: scratch })).status).toBe(0);
  });

  test("may be empty, and has a name of its own where none is given", async () => {
    mkdirSync(join(scratch, "empty"));
    expect((await search("-o", "empty")).status).toBe(0);
    expect((await search()).stderr).toMatch(/^written to runs.small-gemmini-7-[0-9a-f]{6}$/m);
    expect((await search("--objective", "energy")).stderr).toMatch(/^written to runs.small-gemmini-7-[0-9a-f]{6}$/m);
    expect(readdirSync(join(scratch, "runs"))).toHaveLength(2);
  });
});
