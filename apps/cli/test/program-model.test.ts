import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, loopnestProcess as loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const exec = (...wishes: string[]) =>
  `exec:${[process.execPath, fixture("chip.mjs"), ...wishes].map((word) => `'${word}'`).join(" ")}`;
const search = (out: string, ...more: string[]) =>
  loopnest([
    ...["search", fixture("small.yaml"), "--target", "systolic", "--pe", "4", "--seed", "1", "--workers", "1"],
    ...["-o", join(scratch, out), ...more],
  ]);
const result = (out: string) => JSON.parse(readFileSync(join(scratch, out, "result.json"), "utf8"));
/** What the fixture's chip takes, written once more. */
const cycles = (dims: Record<string, number>, { temporal }: { temporal: [string, number][] }) => {
  const tiles = temporal.reduce((product, [, factor]) => product * factor, 1);
  return Math.round(500 + 180 * tiles + Object.values(dims).reduce((product, bound) => product * bound, 1) / 40);
};
const bounds = [
  { R: 3, S: 3, P: 8, Q: 8, C: 8, K: 16 },
  { P: 16, K: 32, C: 64 },
];

describe("search --model exec:CMD", () => {
  test("minimises what a program answers, asked in batches and each mapping once", async () => {
    const log = join(scratch, "log.txt");
    const { status, stderr } = await search(
      "random",
      "--method",
      "random",
      "--samples",
      "40",
      "--model",
      exec("log", log),
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { learned, layers, value, totals } = result("random");
    layers.forEach(({ mapping }: { mapping: { temporal: [string, number][] }[] }, i: number) => {
      expect(learned.layers[i].predictedCycles).toBe(cycles(bounds[i]!, mapping[0]!));
    });
    expect(value / (totals.energyUj * learned.latencyCycles)).toBeCloseTo(1, 9);
    const asked = readFileSync(log, "utf8").trim().split("\n");
    const told = /asked about (\d+) mappings; (\d+) answers from memory/.exec(stderr);
    // The search asks about each mapping once; the figures of its answer are asked for anew.
    expect(asked.length).toBe(Number(told?.[1]) + 2);
    expect(new Set(asked).size).toBe(Number(told?.[1]));
    const run = join(scratch, "random");
    expect((await loopnest(["evaluate", "--run", run])).stderr).toMatch(/runs only if you name it/);
    const again = await loopnest(["evaluate", "--run", run, "--model", exec("log", log)]);
    expect(again.stdout).toMatch(/every figure reproduces/);
  });

  test("follows a method that goes where the answers lead", async () => {
    const { status, stderr } = await search("annealing", "--method", "annealing", "--samples", "6", "--model", exec());
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { learned, layers } = result("annealing");
    expect(learned.layers[0].predictedCycles).toBe(cycles(bounds[0]!, layers[0].mapping[0]));
  });

  test("names what fails: mappings, the program, a method that needs a gradient", async () => {
    const some = await search("some", "--method", "random", "--samples", "10", "--model", exec("error", "3"));
    expect(some.status).toBe(0);
    expect(some.stderr).toMatch(/asked about \d+ mappings, \d+ without an answer \(no such tile\)/);
    const none = await search("none", "--method", "random", "--samples", "4", "--model", exec("die", "1"));
    expect(none.status).toBe(2);
    expect(none.stderr).toMatch(/--model: the program has answered none of \d+ cases: it ended with code 3/);
    const missing = await search("missing", "--method", "random", "--samples", "4", "--model", "exec:no-such-program");
    expect(missing.stderr).toMatch(/--model: there is no such program/);
    const descent = await search("descent", "--model", exec());
    expect(descent.stderr).toMatch(/--method: descent needs a gradient, and a program has none; .*loopnest tune/);
  });
});
