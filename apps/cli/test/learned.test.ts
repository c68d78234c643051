import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const folder = scratchFolder();
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const net = file(
  "net.yaml",
  `name: small
layers:
  - conv: { name: a, R: 3, S: 3, P: 8, Q: 8, C: 32, K: 32 }
  - conv: { name: b, R: 1, S: 1, P: 14, Q: 14, C: 32, K: 64 }
  - conv: { name: c, R: 3, S: 3, P: 7, Q: 7, C: 16, K: 64 }
  - matmul: { name: d, m: 32, n: 64, k: 96 }
`,
);
const mapping = [
  { level: "DRAM", temporal: [["K", 2]] },
  { level: "Scratchpad", spatial: [["K", 16, "X"]] },
  {
    level: "Accumulator",
    temporal: [
      ["S", 3],
      ["R", 3],
      ["C", 4],
      ["Q", 14],
    ],
    spatial: [["C", 16, "X"]],
  },
  { level: "Registers", temporal: [["P", 14]] },
];
const reduced = { id: "one", problem: { dims: { R: 3, S: 3, P: 14, Q: 14, C: 64, K: 32 }, stride: [1, 1] }, mapping };

describe("evaluate --model", () => {
  it("predicts mappings of which only bounds and loops are known", async () => {
    const cases = file("cases.jsonl", `${JSON.stringify(reduced)}\n${JSON.stringify({ ...reduced, id: "two" })}\n`);
    const { status, stdout } = await loopnest(["evaluate", "--model", "gemmini-rtl", "--cases", cases]);
    expect(status).toBe(0);
    const [one, two] = lines(stdout);
    expect(one).toMatchObject({ id: "one", hardware: { peDim: 16 }, trust: expect.any(Number) });
    // The array takes a row of 16 x 16 products a cycle, no faster.
    expect(one!["predictedCycles"]).toBeGreaterThanOrEqual((3 * 3 * 14 * 14 * 64 * 32) / 256);
    expect(one!["uncertainty"]).toBeGreaterThan(0);
    expect({ ...two, id: "one" }).toEqual(one);
  });

  it("says how predictions compare with measured cycles, where cases have them", async () => {
    const cases = [30_000, 40_000, 50_000].map((rtlCycles, i) => JSON.stringify({ ...reduced, id: i, rtlCycles }));
    const measured = file("measured.jsonl", cases.join("\n"));
    const { stdout, stderr } = await loopnest([
      "evaluate",
      "--model",
      "gemmini-rtl",
      "--pe",
      "16",
      "--cases",
      measured,
    ]);
    expect(lines(stdout).map(({ measuredCycles }) => measuredCycles)).toEqual([30_000, 40_000, 50_000]);
    const [predicted] = lines(stdout).map(({ predictedCycles }) => Number(predictedCycles));
    const shown = /on 3 measured cases: .*median error ([\d.]+) %/.exec(stderr);
    const sorted = [30_000, 40_000, 50_000].map((cycles) => Math.abs(predicted! / cycles - 1)).sort((a, b) => a - b);
    expect(Number(shown?.[1])).toBeCloseTo(100 * sorted[1]!, 0);
  });

  it("says what is wrong: line, field, names", async () => {
    const wrong = file("wrong.jsonl", `${JSON.stringify(reduced)}\n${JSON.stringify({ ...reduced, mapping: 3 })}\n`);
    const bad = await loopnest(["evaluate", "--model", "gemmini-rtl", "--cases", wrong]);
    expect(bad.status).not.toBe(0);
    expect(bad.stderr).toMatch(/wrong\.jsonl:2:\d+: mapping/);
    const unknown = await loopnest(["evaluate", "--model", "gemini-rtl", "--cases", wrong]);
    expect(unknown.stderr).toMatch(/did you mean gemmini-rtl/);
    const idle = await loopnest(["evaluate", "--pe", "16", "--cases", wrong]);
    expect(idle.stderr).toMatch(/--pe goes with --model/);
  });
});

describe("search --model", () => {
  it("searches with the learned latency, and its figures reproduce", async () => {
    const run = join(folder, "run");
    const options = ["--pe", "16", "--model", "gemmini-rtl", "--starts", "1", "--steps", "40", "-o", run];
    const searched = await loopnest(["search", net, "--target", "gemmini", ...options]);
    expect(searched.stderr).toMatch(/written to/);
    const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    expect(result.hardware.peDim).toBe(16);
    expect(result.learned).toMatchObject({ model: "gemmini-rtl", uncertaintyPenalty: 0 });
    expect(result.value).toBeCloseTo(result.totals.energyUj * result.learned.latencyCycles, 0);
    expect((await loopnest(["evaluate", "--run", run])).stdout).toMatch(/every figure reproduces/);
    const explained = await loopnest(["explain", run, "--adapt", "--json"]);
    const { learned, elasticities, adapted } = JSON.parse(explained.stdout);
    expect(learned).toEqual(result.learned);
    // The learned latency knows commands, not bandwidths; the array's edge it does know.
    const latencyOf = new Map(elasticities.map((one: { name: string; latency: number }) => [one.name, one.latency]));
    expect(latencyOf.get("peDim")).not.toBe(0);
    expect([...latencyOf.keys()].filter((name) => /bandwidth/.test(String(name)))).toEqual([]);
    for (const { asIs, adapted: after } of adapted)
      if (asIs !== null) expect(after).toBeLessThanOrEqual(asIs * 1.000001);
    expect((await loopnest(["show", run])).stdout).toMatch(/what EDP turns on.*latency by gemmini-rtl/);
    expect(readFileSync(join(run, "report.html"), "utf8")).toMatch(/EDP by gemmini-rtl/);
  });

  it("wants a model of the target", async () => {
    const wrong = await loopnest(["search", net, "--target", "systolic", "--model", "gemmini-rtl"]);
    expect(wrong.stderr).toMatch(/gemmini-rtl is for the target gemmini, not systolic/);
    const idle = await loopnest(["search", net, "--uncertainty-penalty", "1"]);
    expect(idle.stderr).toMatch(/give one with --model/);
  });
});

describe("docs/new-accelerator.md, in a small form", () => {
  // A chip that exists only here: cycles grow with the tiles and the work of a mapping.
  const measure = (one: Record<string, unknown>): number => {
    const { problem, mapping: loops } = one as {
      problem: { dims: Record<string, number> };
      mapping: { temporal: [string, number][] }[];
    };
    const tiles = loops[0]!.temporal.reduce((product, [, factor]) => product * factor, 1);
    const work = Object.values(problem.dims).reduce((product, bound) => product * bound, 1);
    return Math.round(500 + 180 * tiles + work / 40);
  };

  it("walks from a target to a search with the new model", async () => {
    const cases = join(folder, "walk-cases.jsonl");
    const target = ["--target", "systolic", "--pe", "8"];
    expect((await loopnest(["sample", ...target, "--workload", net, "-n", "48", "-o", cases])).status).toBe(0);
    const measured = lines(readFileSync(cases, "utf8")).map((one) => ({ ...one, cycles: measure(one) }));
    expect(measured).toHaveLength(48);
    const data = file("walk.jsonl", measured.map((one) => JSON.stringify(one)).join("\n"));
    const model = join(folder, "my-chip.json");
    const plot = join(folder, "my-chip.svg");
    const rest = ["--folds", "2", "--no-learning-curve", "--plot", plot, "-o", model];
    const calibrated = await loopnest(["calibrate", "--target", "systolic", "--data", data, ...rest]);
    expect(calibrated.stdout).toMatch(/48 samples of 4 layer shapes, 2 folds/);
    expect(calibrated.stdout).toMatch(/analytical model[\s\S]*network alone[\s\S]*both/);
    expect(readFileSync(plot, "utf8")).toMatch(/^<svg[\s\S]*measured cycles/);
    const more = await loopnest(["sample", ...target, "--workload", net, "-n", "4", "--model", model]);
    expect(lines(more.stdout).every(({ uncertainty }) => Number(uncertainty) > 0)).toBe(true);
    const run = join(folder, "walk-run");
    const search = [...target, "--model", model, "--starts", "1", "--steps", "30", "-o", run];
    expect((await loopnest(["search", net, ...search])).stderr).toMatch(/written to/);
    expect(JSON.parse(readFileSync(join(run, "result.json"), "utf8")).learned.model).toBe("my-chip");
    expect((await loopnest(["evaluate", "--run", run])).stdout).toMatch(/every figure reproduces/);
  });

  it("names the line and field of data that are wrong", async () => {
    const good = { ...reduced, cycles: 5000 };
    const data = file("bad.jsonl", `${JSON.stringify(good)}\n${JSON.stringify(reduced)}\n`);
    const out = join(folder, "no.json");
    const calibrate = (from: string) => loopnest(["calibrate", "--target", "gemmini", "--data", from, "-o", out]);
    const { status, stderr } = await calibrate(data);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/bad\.jsonl:2:1: cycles: the measured cycles are missing/);
    const small = { ...good, hardware: { peDim: 8 } };
    const unfit = await calibrate(file("unfit.jsonl", [good, small].map((one) => JSON.stringify(one)).join("\n")));
    expect(unfit.status).not.toBe(0);
    expect(unfit.stderr).toMatch(/unfit\.jsonl:2:1: mapping: it needs 16 instances along X below Scratchpad/);
  });

  it("names what is wrong with a model that is damaged, of another version, or another target's", async () => {
    const cases = file("good.jsonl", JSON.stringify(reduced));
    const text = readFileSync(
      new URL("../../../packages/model-learned/src/trained/gemmini-rtl.json", import.meta.url),
      "utf8",
    );
    const wrong: [string, string, RegExp][] = [
      ["cut.json", text.slice(0, 3000), /cut\.json:\d+:\d+: the JSON ends too early/],
      [
        "v9.json",
        text.replace('"schemaVersion": 3', '"schemaVersion": 9'),
        /v9\.json:3:\d+: schemaVersion: .*version 9/,
      ],
      ["weights.json", text.replace(/("parameters": ").{4}/, "$1!!!!"), /networks\.0\.parameters: .*damaged/],
    ];
    for (const [name, content, message] of wrong) {
      const { status, stderr } = await loopnest(["evaluate", "--model", file(name, content), "--cases", cases]);
      expect([name, status]).toEqual([name, 2]);
      expect(stderr).toMatch(message);
    }
    const other = file("other.json", text.replace('"target": "gemmini"', '"target": "systolic"'));
    const search = await loopnest(["search", net, "--target", "gemmini", "--model", other]);
    expect(search.stderr).toMatch(/is for the target systolic, not gemmini/);
  });
});
