import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ErrorData, LoopnestError } from "@loopnest/mapspace";
import { parseDocument } from "@loopnest/mapspace/schema";
import { beforeEach, describe, expect, test } from "vitest";
import { program } from "../src/program.js";
import { settingsSchema } from "../src/settings/settings-schema.js";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const inner = join(scratch, "inner", "folder");
mkdirSync(inner, { recursive: true });
const settings = (text: string) => writeFileSync(join(scratch, "loopnest.yaml"), text);

/** The options that a search in a folder two below the settings has had. */
async function searched(args: readonly string[] = [], env: Record<string, string> = {}) {
  const ended = await loopnest(["search", fixture("small.yaml"), "--json", "--force", "-o", "run", ...args], {
    cwd: inner,
    env,
  });
  expect(ended).toMatchObject({ status: 0 });
  const { options, objective, fixed } = JSON.parse(ended.stdout);
  return { ...options, objective: objective.name, fixed };
}

async function refused(args: readonly string[] = ["search", "bert"], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = await loopnest(args, { cwd: scratch, env });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  return stderr;
}

beforeEach(() =>
  settings("search:\n  samples: 40\n  starts: 2\n  objective: energy\n  fix: {peDim: 8, scratchpadKb: 16}\n"),
);

describe("settings", () => {
  test("of a file in a folder above take the place of defaults", async () => {
    expect(await searched()).toMatchObject({
      ...{ samples: 40, starts: 2, seed: 1, objective: "energy" },
      fixed: { peDim: 8, scratchpadKb: 16 },
    });
  });

  test("of the environment win over the file, and the command line over both", async () => {
    const env = { LOOPNEST_SEARCH_SAMPLES: "30", LOOPNEST_SEARCH_SEED: "5", LOOPNEST_SEARCH_FIX: "peDim=4" };
    expect(await searched([], env)).toMatchObject({ samples: 30, starts: 2, seed: 5, fixed: { peDim: 4 } });
    expect(await searched(["--seed", "6", "--fix", "peDim=16", "--objective", "edp"], env)).toMatchObject({
      ...{ samples: 30, seed: 6, objective: "edp" },
      fixed: { peDim: 16 },
    });
  });

  test("give way to an option that they cannot stand beside", async () => {
    expect(await searched(["--steps", "10"])).toMatchObject({ samples: 20 });
  });

  test("may be another file, or none", async () => {
    writeFileSync(join(scratch, "other.yaml"), "search: {samples: 25}\n");
    expect(await searched([], { LOOPNEST_CONFIG: join(scratch, "other.yaml") })).toMatchObject({
      samples: 25,
      fixed: {},
    });
    const withNone = await searched(["--samples", "20"], { LOOPNEST_CONFIG: "" });
    expect(withNone).toMatchObject({ objective: "edp", samples: 20 });
    expect(withNone).not.toHaveProperty("starts");
  });

  test("are checked, with file, line, column and what would be right", async () => {
    settings("search:\n  sampels: 40\n  objective: speed\n");
    expect(await refused()).toBe(
      "loopnest.yaml:2:3: search.sampels: there is no field sampels; did you mean samples\n" +
        'loopnest.yaml:3:14: search.objective: is "speed"; give one of edp, energy, latency, edap, area\n',
    );
    settings("search:\n  fix: [nope=3]\n");
    expect(await refused()).toBe(
      "loopnest.yaml:2:8: search.fix: gemmini has no size nope; its sizes are peDim, scratchpadKb, accumulatorKb\n",
    );
    settings("search: {steps: 3, samples: 4}\n");
    expect(await refused()).toMatch(
      /^loopnest\.yaml:1:\d+: search\.samples: steps and samples exclude each other; drop one of them\n$/,
    );
    settings("search: [\n");
    expect(await refused()).toMatch(/^loopnest\.yaml:\d+:\d+: /);
  });

  test("of the environment are checked as well", async () => {
    expect(await refused(undefined, { LOOPNEST_SEARCH_SAMPLES: "few" })).toBe(
      "error: LOOPNEST_SEARCH_SAMPLES: is few; give a whole number of at least 1\n",
    );
    expect(await refused(undefined, { LOOPNEST_SEARCH_SAMPELS: "4" })).toBe(
      "error: LOOPNEST_SEARCH_SAMPELS: there is no such setting; did you mean LOOPNEST_SEARCH_SAMPLES?\n",
    );
  });

  test("do not keep help and version from being shown", async () => {
    settings("nonsense");
    for (const args of [["--version"], ["--help"], ["search", "--help"], ["init", "--force"]]) {
      expect(await loopnest(args, { cwd: scratch })).toMatchObject({ status: 0, stderr: "" });
    }
  });
});

test("settings of import hold with and without the word onnx", async () => {
  const model = fileURLToPath(new URL("../../../packages/onnx/fixtures/silero-vad-16k.onnx", import.meta.url));
  const moved = async (args: readonly string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = await loopnest(["import", ...args, "--json"], { cwd: scratch, env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const list: { count: number; wordsRead: number }[] = JSON.parse(stdout).workload.dataMovement;
    return list.reduce((sum, { count, wordsRead }) => sum + count * wordsRead, 0);
  };
  settings("import: {dim: {batch: 1, sequence: 576}}\n");
  const fused = await moved([model]);
  expect(await moved([model], { LOOPNEST_IMPORT_FUSE: "0" })).toBeGreaterThan(fused);
  settings("import:\n  dim: [batch=1, sequence=576]\n  onnx: {fuse: false}\n");
  expect(await moved([model])).toBeGreaterThan(fused);
  expect(await moved(["onnx", model])).toBeGreaterThan(fused);
});

describe("loopnest init", () => {
  test("writes a file that says every setting, and means none", async () => {
    const folder = join(scratch, "init");
    mkdirSync(folder);
    expect(await loopnest(["init"], { cwd: folder })).toEqual({ status: 0, stdout: "loopnest.yaml\n", stderr: "" });
    const text = readFileSync(join(folder, "loopnest.yaml"), "utf8");
    expect(text).toMatch(/^# search:$/m);
    expect(text.split("\n").every((line) => line === "" || line.startsWith("#"))).toBe(true);
    const again = await loopnest(["init"], { cwd: folder });
    expect(again).toMatchObject({
      status: 2,
      stderr: "error: loopnest.yaml: the file is there already; edit it, or replace it with --force\n",
    });
    expect((await loopnest(["targets"], { cwd: folder })).status).toBe(0);
    // With the marks taken away it is of the right form, but for what excludes each other.
    const all = text.replace(/^# ( *\w+:( .*)?)$/gm, "$1");
    expect(all).toMatch(/^ {2}objective: edp$/m);
    const faults = faultsOf(() => parseDocument(all, { file: "loopnest.yaml" }, settingsSchema(program())));
    expect(faults.filter(({ problem }) => !problem.endsWith("exclude each other"))).toEqual([]);
  });
});

function faultsOf(read: () => unknown): ErrorData[] {
  try {
    read();
    return [];
  } catch (error) {
    const { data } = error as LoopnestError;
    return [data, ...(data.more ?? [])];
  }
}
