import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { allCommands, commandWord } from "../src/completion/words.js";
import { program } from "../src/program.js";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const model = fileURLToPath(new URL("../../../packages/onnx/fixtures/pp-ocr-cls.onnx", import.meta.url));
const timeloop = fileURLToPath(new URL("../../../packages/timeloop/fixtures/output-stationary-flat", import.meta.url));
const dims = [1, 48, 192].flatMap((size, i) => ["--dim", `p2o.DynamicDimension.${i}=${size}`]);
const search = ["--samples", "30", "--starts", "1"];
const oneCase = readFileSync(fixture("case.json"), "utf8").trim();

beforeAll(async () => {
  writeFileSync(join(scratch, "cases.jsonl"), `${oneCase}\n${oneCase}\n`);
  mkdirSync(join(scratch, "init-json"));
  const ended = await run("search", fixture("small.yaml"), ...search, "-o", "run");
  expect(ended.status).toBe(0);
  writeFileSync(
    join(scratch, "study.yaml"),
    `points: [{ workload: ${JSON.stringify(fixture("small.yaml"))}, method: random, samples: 20 }]`,
  );
  expect((await run("sweep", "study.yaml", "-o", "swept")).status).toBe(0);
  const sampled = await run(
    "sample",
    "--target",
    "systolic",
    "--pe",
    "4",
    "--workload",
    fixture("small.yaml"),
    "-n",
    "24",
  );
  const samples = sampled.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  // Cycles of a chip that exists only here.
  const measured = samples.map((one, i) => JSON.stringify({ ...one, cycles: 1000 + 10 * i }));
  writeFileSync(join(scratch, "samples.jsonl"), `${measured.join("\n")}\n`);
  // A file that holds all its cases: nothing is left to measure, so that no simulator is needed.
  writeFileSync(join(scratch, "none.jsonl"), "");
});

/** Every command by its path, with arguments that make it print data; a line of them is what the README says it is. */
const commands: Record<string, { args: string[]; line: object }[]> = {
  search: [{ args: [fixture("small.yaml"), ...search, "-o", "search", "--force"], line: { event: "result" } }],
  map: [{ args: [fixture("small.yaml"), ...search, "-o", "map", "--force"], line: { event: "result" } }],
  pareto: [
    {
      args: [fixture("small.yaml"), ...search, "--points", "2", "-o", "front"],
      line: { row: "search", onFront: expect.any(Boolean) },
    },
  ],
  compare: [
    {
      args: [
        fixture("small.yaml"),
        "--methods",
        "random,annealing",
        "--seeds",
        "1",
        "--samples",
        "20",
        "-o",
        "compared",
      ],
      line: { event: "result" },
    },
  ],
  "sweep run": [{ args: ["study.yaml", "-o", "sweep"], line: { event: "result" } }],
  "sweep status": [{ args: ["swept"], line: { state: "finished", done: 1 } }],
  // Ends when it is told to: see queue.test.ts.
  worker: [],
  explain: [
    { args: ["run"], line: { row: "elasticity" } },
    { args: ["run", "--layer", "conv"], line: { row: "layer" } },
    { args: ["--case", fixture("case.yaml")], line: { explanation: expect.anything() } },
  ],
  evaluate: [
    { args: ["--case", fixture("case.yaml")], line: { cycles: expect.any(Number) } },
    { args: ["--cases", "cases.jsonl"], line: { cycles: expect.any(Number) } },
    { args: ["--run", "run"], line: { reproduces: true } },
  ],
  sample: [
    { args: ["--target", "gemmini", "-n", "2"], line: { mapping: expect.any(Array) } },
    { args: ["--target", "gemmini", "-n", "2", "-o", "sampled.jsonl"], line: { cases: 2 } },
  ],
  measure: [],
  calibrate: [
    {
      args: [
        "--target",
        "systolic",
        "--data",
        "samples.jsonl",
        "--folds",
        "2",
        "--no-learning-curve",
        "-o",
        "model.json",
      ],
      line: { row: expect.any(String) },
    },
  ],
  tune: [
    {
      args: [
        ...[
          "--target",
          "systolic",
          "--pe",
          "4",
          "--network",
          fixture("small.yaml"),
          "--measurements",
          "12",
          "-o",
          "tuned",
        ],
        ...["--measure", `'${process.execPath}' '${fixture("chip.mjs")}'`, "--batch", "12", ...search],
      ],
      line: { event: "result", best: expect.any(String) },
    },
  ],
  "import onnx": [
    { args: [model, ...dims], line: { counting: expect.any(String) } },
    { args: [model, ...dims, "-o", "model.yaml"], line: { counting: expect.any(String) } },
  ],
  "import timeloop": [
    { args: ["arch", "gemm"].map((name) => join(timeloop, `${name}.yaml`)), line: { document: "problem" } },
  ],
  "export c": [{ args: ["--case", fixture("case.yaml"), "-o", "c"], line: { file: expect.any(String) } }],
  "export trace": [{ args: ["--run", "run", "-o", "traces"], line: { layer: expect.any(String) } }],
  "export gemmini": [{ args: ["--run", "run", "-o", "gemmini"], line: { layer: expect.any(String) } }],
  "export timeloop": [
    { args: ["--run", "run", "-o", "timeloop"], line: { files: expect.any(Array) } },
    { args: ["--case", fixture("case.yaml"), "-o", "timeloop-case"], line: { files: expect.any(Array) } },
  ],
  report: [{ args: ["run", "-o", "page.html"], line: { file: "page.html" } }],
  show: [{ args: ["run"], line: { row: "layer" } }],
  fuse: [{ args: ["bert-base", "--dim", "sequence=8", "--pe", "8"], line: { edge: expect.any(Object) } }],
  studio: [{ args: ["run", "-o", "site"], line: { file: expect.any(String) } }],
  targets: [{ args: [], line: { kind: "energy table" } }],
  workloads: [{ args: [], line: { macs: expect.any(Number) } }],
  init: [{ args: ["--force"], line: { file: "loopnest.yaml" } }],
  completion: [{ args: ["bash"], line: { shell: "bash" } }],
  doctor: [{ args: [], line: { state: expect.any(String) } }],
};

test("no command is left out, and each has both options", () => {
  const paths = allCommands(commandWord(program(), {}))
    .filter(({ commands: below }) => below.length === 0)
    .map(({ path, options }) => {
      expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(["--json", "--jsonl"]));
      return path.join(" ");
    });
  expect(Object.keys(commands).sort()).toEqual(paths.sort());
});

const calls = Object.entries(commands).flatMap(([path, all]) =>
  all.map(({ args, line }) => ({
    name: [path, ...args.slice(0, 1)].join(" "),
    args: [...path.split(" "), ...args],
    line,
  })),
);

describe("data goes to standard output, everything else to standard error", () => {
  test.concurrent.each(calls)("$name", async ({ args, line }) => {
    const whole = await run(...args, "--json");
    expect({ status: whole.status, stderr: whole.status === 0 ? "" : whole.stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(whole.stdout)).toBeTypeOf("object");
    const lines = await run(...args, "--jsonl");
    expect(lines.status).toBe(0);
    const records = lines.stdout
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(records.at(-1)).toMatchObject(line);
    for (const record of records) expect(Array.isArray(record)).toBe(false);
  });

  test("in one form at a time", async () => {
    const both = await run("targets", "--json", "--jsonl");
    expect(both).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(/cannot be used with/) });
  });

  test("a list of cases is one document, also if there are none", async () => {
    expect(JSON.parse((await run("evaluate", "--cases", "cases.jsonl", "--json")).stdout)).toHaveLength(2);
    expect(JSON.parse((await run("evaluate", "--cases", "none.jsonl", "--json")).stdout)).toEqual([]);
  });

  test("measure says what it did; a case that is in its output is not run again", async () => {
    const args = ["measure", "--target", "systolic", "--cases", "none.jsonl", "-o", "measured.jsonl"];
    expect(JSON.parse((await run(...args, "--json")).stdout)).toEqual({
      ...{ output: "measured.jsonl", cases: 0, measured: 0, before: 0 },
    });
    expect((await run(...args, "--jsonl")).stdout).toBe("");
  });

  test("an improvement of a search is a line, before the result", async () => {
    for (const command of ["search", "map"]) {
      const { stdout } = await run(command, fixture("small.yaml"), ...search, "-o", `${command}-lines`, "--jsonl");
      const events = stdout
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text).event);
      expect(new Set(events.slice(0, -1))).toEqual(new Set(["improvement"]));
      expect(events.at(-1)).toBe("result");
    }
  });
});
