import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Comparison } from "@loopnest/report";
import { beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const inScratch = (...names: string[]) => join(scratch, ...names);
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const options = ["--methods", "descent,random,annealing", "--seeds", "3", "--samples", "150", "--pe", "8"];
const command = ["compare", fixture("small.yaml"), ...options, "--fixed", "gemmini", "--workers", "1"];

interface Document extends Comparison {
  readonly status: string;
  readonly missingRuns: number;
}
const documentOf = (dir: string): Document => JSON.parse(readFileSync(inScratch(dir, "compare.json"), "utf8"));

/** What a comparison says, without what differs from time to time. */
function answer(document: Document) {
  return JSON.parse(JSON.stringify(document, (key, value) => (key === "seconds" ? undefined : value)));
}

const runsOf = (dir: string) => {
  const folder = inScratch(dir, "runs", "small");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
};

/** Runs a comparison and kills it without warning as soon as so many of its runs are finished. */
async function killed(args: readonly string[], dir: string, runs: number): Promise<void> {
  const { status } = await loopnestProcess(args, {
    cwd: scratch,
    async started(child) {
      while (child.exitCode === null && runsOf(dir).length < runs) await setTimeout(2);
      child.kill("SIGKILL");
    },
  });
  expect(status).toBe(null);
}

describe("a comparison", () => {
  let stdout = "";
  beforeAll(async () => {
    const ended = await run(...command, "-o", "whole");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(/^written to whole$/m);
    ({ stdout } = ended);
  });

  test("prints a line per method, measured by the certified optimum", () => {
    expect(stdout).toMatch(/^small on gemmini: certified optimum \S+ uJ x cycles \(peDim 8, /);
    for (const method of ["descent", "random", "annealing"]) {
      expect(stdout).toMatch(new RegExp(`^${method} .* s +3$`, "m"));
    }
    expect(stdout).toMatch(/^gemmini, as built \(best mappings, proved\) .* 1$/m);
    expect(stdout).not.toContain("\u001b");
  });

  test("has no method below the optimum, and counts samples alike", () => {
    const [network] = documentOf("whole").networks;
    for (const { value, toReference, samples, runs } of network!.methods) {
      expect(value!.least).toBeGreaterThanOrEqual(network!.reference!.value * (1 - 1e-9));
      expect(value!.least).toBeLessThanOrEqual(value!.median);
      expect(toReference).toBeCloseTo(value!.median / network!.reference!.value, 12);
      expect(samples).toBeLessThanOrEqual(150);
      expect(samples).toBeGreaterThan(130);
      expect(runs).toBe(3);
    }
  });

  test("leaves tables, charts and a page that needs nothing else", () => {
    const charts = ["best-so-far-against-samples", "best-so-far-against-seconds", "final-values"];
    expect(readdirSync(inScratch("whole")).sort()).toEqual(
      [
        ...["compare.csv", "compare.html", "compare.json", "compare.md", "convergence.csv", "plan.json", "runs"],
        ...charts.flatMap((name) => [`${name}.png`, `${name}.svg`]),
      ].sort(),
    );
    const page = readFileSync(inScratch("whole", "compare.html"), "utf8");
    expect(page.match(/<svg /g)).toHaveLength(2 * charts.length);
    expect(page).not.toMatch(/<script|<link |<img|@import|url\(h|src=|NaN|undefined/);
    const [head, ...lines] = readFileSync(inScratch("whole", "compare.csv"), "utf8").trimEnd().split("\n");
    expect(head).toMatch(/^role,workload,target,method,seed,value,/);
    expect(lines).toHaveLength(1 + 9 + 1);
    expect(readFileSync(inScratch("whole", "compare.md"), "utf8")).toMatch(/^\| annealing \| \d/m);
  });

  test("finds what loopnest search finds with the same options", async () => {
    const search = ["search", fixture("small.yaml"), "--method", "annealing", "--seed", "2", "--samples", "150"];
    const { status } = await run(...search, "--pe", "8", "-o", "searched");
    expect(status).toBe(0);
    const { run: kept } = JSON.parse(readFileSync(inScratch("whole", "runs", "small", "annealing-2.json"), "utf8"));
    const result = JSON.parse(readFileSync(inScratch("searched", "result.json"), "utf8"));
    expect(kept.design).toMatchObject({ value: result.value, hardware: result.hardware, totals: result.totals });
    expect(kept.samples).toBe(result.samples);
  });

  test("killed again and again, goes on to the same answer and repeats no finished run", async () => {
    await killed([...command, "-o", "killed"], "killed", 2);
    const written = new Map<string, number>();
    for (const [runs, again] of [
      [4, [...command, "-o", "killed"]],
      [7, ["compare", "--resume", "killed", "--workers", "1"]],
    ] as const) {
      expect(existsSync(inScratch("killed", "compare.json"))).toBe(false);
      for (const name of runsOf("killed"))
        written.set(name, statSync(inScratch("killed", "runs", "small", name)).mtimeMs);
      await killed(again, "killed", runs);
    }
    const { status, stdout } = await run("compare", "--resume", "killed", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(documentOf("killed"));
    expect(answer(documentOf("killed"))).toEqual(answer(documentOf("whole")));
    for (const [name, time] of written) expect(statSync(inScratch("killed", "runs", "small", name)).mtimeMs).toBe(time);
  });

  test("stopped by Ctrl-C, says what is missing and how to go on", async () => {
    const { status, stderr } = await loopnestProcess([...command, "-o", "stopped"], {
      cwd: scratch,
      async started(child) {
        while (child.exitCode === null && runsOf("stopped").length < 3) await setTimeout(2);
        child.kill("SIGINT");
      },
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/^interrupted: \d runs? (is|are) missing\nto go on: loopnest compare --resume stopped$/m);
    expect(documentOf("stopped")).toMatchObject({ status: "interrupted" });
    expect((await run("compare", "--resume", "stopped")).status).toBe(0);
    expect(answer(documentOf("stopped"))).toEqual(answer(documentOf("whole")));
  });

  test("may be widened: finished runs count", async () => {
    cpSync(inScratch("whole"), inScratch("wider"), { recursive: true });
    const more = command.map((word) => (word === "descent,random,annealing" ? "descent,genetic" : word));
    const { status, stdout, stderr } = await run(...more, "-o", "wider", "--jsonl");
    expect(status).toBe(0);
    expect(stderr).toContain("wider has 5 finished runs, which are not run again");
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ event, method }) => method ?? event)).toEqual(["genetic", "genetic", "genetic", "result"]);
    expect(documentOf("wider").networks[0]!.methods.map(({ method }) => method)).toEqual(["descent", "genetic"]);
  });

  const damage: [what: string, file: string, change: (text: string) => string, said: RegExp][] = [
    ["half a plan", "plan.json", (text) => text.slice(0, 200), /plan\.json:1:\d+: /],
    [
      "another plan",
      "plan.json",
      (text) => text.replace('"seeds":3', '"seeds":2'),
      /plan\.json: its content is not what was written/,
    ],
    ["half a run", "runs/small/random-1.json", (text) => text.slice(0, 300), /random-1\.json:1:\d+: /],
    ["an empty run", "runs/small/exact.json", () => "", /exact\.json:1:1: /],
    [
      "a changed value",
      "runs/small/random-1.json",
      (text) => text.replace('"value":', '"value":1'),
      /random-1\.json: its content is not what was written; take the file away to run this one again/,
    ],
    [
      "another version",
      "runs/small/random-1.json",
      (text) => text.replace(/"loopnest":"[^"]*"/, '"loopnest":"9.9.9"'),
      /loopnest 9\.9\.9 ran it/,
    ],
  ];
  test.each(damage)("with %s in %s is reported and left as it is", async (what, file, change, said) => {
    const copy = what.replaceAll(" ", "-");
    cpSync(inScratch("whole"), inScratch(copy), { recursive: true });
    const text = readFileSync(inScratch(copy, file), "utf8");
    writeFileSync(inScratch(copy, file), change(text));
    expect(change(text)).not.toBe(text);
    const { status, stdout, stderr } = await run("compare", "--resume", copy);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(said);
    expect(readFileSync(inScratch(copy, file), "utf8")).toBe(change(text));
  });

  test("runs a run again whose file was taken away", async () => {
    cpSync(inScratch("whole"), inScratch("again"), { recursive: true });
    rmSync(inScratch("again", "runs", "small", "annealing-3.json"));
    // A write that was cut short is no damage.
    writeFileSync(inScratch("again", "runs", "small", "annealing-3.json.123.tmp"), "{");
    expect((await run("compare", "--resume", "again")).status).toBe(0);
    expect(answer(documentOf("again"))).toEqual(answer(documentOf("whole")));
  });

  test("does not count runs of other options", async () => {
    const other = command.map((word) => (word === "150" ? "160" : word));
    const { status, stderr } = await run(...other, "-o", "whole");
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /descent-1\.json: it is a run of other inputs or options; choose another folder with -o, or/,
    );
  });
});

test("exact searches that do not end in time leave no certificate, and descents map the machines", async () => {
  const { status, stdout } = await run(
    ...[
      "compare",
      fixture("small.yaml"),
      "--methods",
      "random",
      "--seeds",
      "2",
      "--samples",
      "300",
      "--fixed",
      "eyeriss",
    ],
    ...["--exact-limit", "0.001", "-o", "limited"],
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^small on gemmini: best known, not certified, /);
  expect(stdout).toMatch(/^eyeriss, as built \(mapped by descent\) .* 2$/m);
  // With more time they are run again.
  const { stdout: again } = await run(
    ...["compare", fixture("small.yaml"), "--methods", "random", "--seeds", "2", "--samples", "300"],
    ...["-o", "limited"],
  );
  expect(again).toMatch(/^small on gemmini: certified optimum /);
});

test("a limit that nothing keeps leaves rows without figures", async () => {
  const { status, stdout } = await run(
    ...["compare", fixture("small.yaml"), "--methods", "random", "--seeds", "1", "--samples", "20"],
    ...["--max-area", "1e-6", "-o", "infeasible"],
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^small on gemmini: nothing that fits$/m);
  expect(stdout).toMatch(/1, 1 without a design$/m);
});
