import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunResult } from "../src/run-folder/run-result.js";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const command = ["search", fixture("small.yaml"), "--samples", "900", "--starts", "6", "--seed", "3", "--workers", "1"];
const inScratch = (...names: string[]) => join(scratch, ...names);
const run = (...args: string[]) => loopnest(args, { cwd: scratch });

/** What a search has found, without what differs from run to run. */
function answer(dir: string) {
  const result: RunResult = JSON.parse(readFileSync(inScratch(dir, "result.json"), "utf8"));
  const { startedAt: _, seconds: __, workers: ___, convergence, ...rest } = result;
  return { ...rest, convergence: convergence.map(({ samples, value }) => [samples, value]) };
}

const partsOf = (dir: string) => {
  const folder = inScratch(dir, "parts");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
};

/** Runs a search and kills it without warning as soon as so many of its parts are finished. */
async function killed(args: readonly string[], dir: string, parts: number): Promise<void> {
  const { status } = await loopnestProcess(args, {
    cwd: scratch,
    async started(child) {
      while (child.exitCode === null && partsOf(dir).length < parts) await setTimeout(2);
      child.kill("SIGKILL");
    },
  });
  expect(status).toBe(null);
}

beforeAll(async () => {
  expect((await run(...command, "-o", "whole")).status).toBe(0);
});

describe("a search killed without warning, again and again", () => {
  test("ends with the answer of one that was never interrupted, and repeats no finished part", async () => {
    await killed([...command, "-o", "killed"], "killed", 1);
    const written = new Map<string, number>();
    for (const parts of [3, 5]) {
      expect(existsSync(inScratch("killed", "result.json"))).toBe(false);
      for (const name of partsOf("killed")) written.set(name, statSync(inScratch("killed", "parts", name)).mtimeMs);
      await killed(["search", "--resume", "killed", "--workers", "1"], "killed", parts);
      for (const [name, time] of written) expect(statSync(inScratch("killed", "parts", name)).mtimeMs).toBe(time);
    }
    const { status, stdout, stderr } = await run("search", "--resume", "killed", "--json");
    expect(status).toBe(0);
    // Between them there is progress where a machine is slow.
    expect(stderr).toMatch(
      /^killed keeps [56] finished parts of its search: not run again\n(.* samples, .*\n)*written to killed\n$/,
    );
    expect(answer("killed")).toEqual(answer("whole"));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(inScratch("killed", "result.json"), "utf8")));
    // What was kept on the way is gone.
    expect(readdirSync(inScratch("killed")).sort()).toEqual(readdirSync(inScratch("whole")).sort());
    expect((await run("evaluate", "--run", "killed")).status).toBe(0);
  });

  test("is told to be done when it is", async () => {
    const { status, stdout, stderr } = await run("search", "--resume", "whole");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "whole holds a finished run: nothing is left to do\n" });
    expect(stdout).toMatch(/^small on gemmini: descent, seed 3, /);
  });
});

// What follows from all parts is kept as one more: between its end and the last file of the run nothing is lost.
test.each([
  ["descent", ["--samples", "300", "--starts", "2"], 2],
  ["bayesian-dosa", ["--samples", "400"], 18],
])("a search by %s that is killed when all its work is done repeats none of it", async (method, more, parts) => {
  const small = ["search", fixture("small.yaml"), "--method", method, ...more, "--workers", "1"];
  const [whole, late] = [`${method}-whole`, `${method}-late`];
  expect((await run(...small, "-o", whole)).status).toBe(0);
  await killed([...small, "-o", late], late, parts + 1);
  expect(existsSync(inScratch(late, "result.json"))).toBe(false);
  const child = await run("search", "--resume", late, "--workers", "1", "--jsonl");
  // No news: nothing was searched.
  expect(
    child.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).event),
  ).toEqual(["result"]);
  expect(child.status).toBe(0);
  expect(answer(late)).toEqual(answer(whole));
});

test("a search that was killed while it began may be begun again", async () => {
  mkdirSync(inScratch("barely", "parts"), { recursive: true });
  writeFileSync(inScratch("barely", "plan.json.77.tmp"), "{");
  expect((await run(...command, "-o", "barely")).status).toBe(0);
  expect(answer("barely")).toEqual(answer("whole"));
});

test("a search that Ctrl-C has ended goes on to the same answer", async () => {
  const { status, stderr } = await loopnestProcess([...command, "-o", "stopped"], {
    cwd: scratch,
    async started(child) {
      while (child.exitCode === null && partsOf("stopped").length < 2) await setTimeout(2);
      child.kill("SIGINT");
    },
  });
  expect(status).toBe(130);
  expect(stderr).toMatch(/^to go on: loopnest search --resume stopped$/m);
  expect(answer("stopped").status).toBe("interrupted");
  expect((await run("search", "--resume", "stopped")).status).toBe(0);
  expect(answer("stopped")).toEqual(answer("whole"));
});

describe("a folder that cannot be gone on with", () => {
  beforeAll(() => killed([...command, "-o", "begun"], "begun", 2));

  const damage: [what: string, file: string, change: (text: string) => string, said: RegExp][] = [
    ["half a plan", "plan.json", (text) => text.slice(0, 200), /plan\.json:1:\d+: /],
    [
      "another plan",
      "plan.json",
      (text) => text.replace('"starts":6', '"starts":5'),
      /plan\.json: its content is not what was written; search anew with --force/,
    ],
    [
      "another version",
      "plan.json",
      (text) => text.replace(/"loopnest":"[^"]*"/, '"loopnest":"9.9.9"'),
      /loopnest 9\.9\.9 began this search/,
    ],
    ["half a part", "parts/01.json", (text) => text.slice(0, 300), /01\.json:1:\d+: /],
    ["an empty part", "parts/01.json", () => "", /01\.json:1:1: /],
    [
      "a changed part",
      "parts/01.json",
      (text) => text.replace(/"energyUj":\d/, '"energyUj":9'),
      /01\.json: its content is not what was written/,
    ],
    [
      "a part of another search",
      "parts/01.json",
      (text) => text.replace(/"plan":"./, '"plan":"z'),
      /01\.json: it is a part of another search/,
    ],
    [
      "a part in the wrong place",
      "parts/01.json",
      (text) => text.replace('"part":0', '"part":1'),
      /01\.json: it is a part of another search/,
    ],
  ];
  test.each(damage)("is reported with %s in %s, and left as it is", async (what, file, change, said) => {
    const copy = what.replaceAll(" ", "-");
    cpSync(inScratch("begun"), inScratch(copy), { recursive: true });
    const text = readFileSync(inScratch(copy, file), "utf8");
    writeFileSync(inScratch(copy, file), change(text));
    expect(readFileSync(inScratch(copy, file), "utf8")).not.toBe(text);
    const { status, stdout, stderr } = await run("search", "--resume", copy);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(said);
    expect(readFileSync(inScratch(copy, file), "utf8")).toBe(change(text));
    expect(existsSync(inScratch(copy, "result.json"))).toBe(false);
  });

  test("a write that was cut short is no damage", async () => {
    cpSync(inScratch("begun"), inScratch("cut-short"), { recursive: true });
    writeFileSync(inScratch("cut-short", "parts", "03.json.123.tmp"), "{");
    expect((await run("search", "--resume", "cut-short")).status).toBe(0);
    expect(answer("cut-short")).toEqual(answer("whole"));
  });

  test("is not lost to another search", async () => {
    const { status, stderr } = await run(...command, "--objective", "energy", "-o", "begun");
    expect(status).toBe(2);
    expect(stderr).toMatch(/unfinished search of other inputs or options: small on gemmini/);
  });

  test("is none where there is no run", async () => {
    mkdirSync(inScratch("empty"), { recursive: true });
    for (const dir of ["empty", "missing"]) {
      const { status, stderr } = await run("search", "--resume", dir);
      expect(status).toBe(2);
      expect(stderr).toContain(`${join(dir, "result.json")}: no such file`);
    }
  });

  test.each([
    [["net.yaml"], "net.yaml"],
    [["--seed", "2"], "--seed"],
    [["-o", "other"], "--output"],
  ])("is not told what to search: %j", async (args, named) => {
    const { status, stderr } = await run("search", "--resume", "begun", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`leave out ${named}`);
  });
});

test("a search that finds nothing leaves nothing behind", async () => {
  const { status } = await run(
    "search",
    fixture("small.yaml"),
    "--samples",
    "5",
    "--max-area",
    "1e-9",
    "-o",
    "nothing",
  );
  expect(status).toBe(3);
  expect(existsSync(inScratch("nothing"))).toBe(false);
});
