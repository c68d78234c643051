import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const net = join(scratch, "net.yaml");
writeFileSync(
  net,
  `name: two
layers:
  - conv: { name: a, R: 3, S: 3, P: 8, Q: 8, C: 16, K: 16 }
  - matmul: { name: b, m: 8, n: 32, k: 32 }
`,
);
const chip = (...wishes: string[]) =>
  [process.execPath, fixture("chip.mjs"), ...wishes].map((word) => `'${word}'`).join(" ");
const tune = (measure: string, dir: string, ...more: string[]) => [
  ...["tune", "--target", "systolic", "--pe", "4", "--network", net, "--measure", measure, "-o", join(scratch, dir)],
  ...["--samples", "60", "--starts", "1", "--workers", "1", ...more],
];
const result = (dir: string) => JSON.parse(readFileSync(join(scratch, dir, "tune.json"), "utf8"));
const lines = (file: string) => readFileSync(join(scratch, file), "utf8").trim().split("\n");

describe("loopnest tune", () => {
  test("keeps what a program answers that errs, dies and hangs, and says of each case why it failed", async () => {
    const measure = chip("error", "6", "die", "7", "hang", "9");
    const { status, stdout, stderr } = await loopnest(
      tune(measure, "faulty", "--measurements", "16", "--jobs", "2", "--batch", "3", "--timeout", "1"),
    );
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringMatching(/round 0: .*measured/) });
    expect(stdout).toMatch(/two on systolic: \d+ of 16 measurements, \d+ failed/);
    const { failures, measurements, points, rounds } = result("faulty");
    const begins = failures.map(({ reason }: { reason: string }) => reason.replace(/;.*/, ""));
    expect(new Set(begins)).toEqual(
      new Set(["no such tile", "it ended with code 3 without an answer", "it gave no answer within 1 s"]),
    );
    expect(failures).toHaveLength(measurements.failed);
    expect(points).toHaveLength(measurements.made);
    expect(rounds.reduce((sum: number, { failed }: { failed: number }) => sum + failed, 0)).toBe(measurements.failed);
  });

  test("goes on after kill -9 to where it would have come, and measures nothing twice", async () => {
    const log = join(scratch, "log.txt");
    const options = ["--measurements", "9", "--seed", "3"];
    const measure = chip("log", log, "slow", "100");
    const killed = await loopnestProcess(tune(measure, "killed", ...options), {
      started(child) {
        const timer = setInterval(() => {
          const kept = join(scratch, "killed/samples.jsonl");
          if (!existsSync(kept) || readFileSync(kept, "utf8").split("\n").length < 4) return;
          clearInterval(timer);
          child.kill("SIGKILL");
        }, 10);
      },
    });
    expect(killed.status).toBe(null);
    const before = lines("killed/samples.jsonl").map((line) => JSON.parse(line).id);
    expect(before.length).toBeLessThan(9);
    const resumed = await loopnest(["tune", "--resume", join(scratch, "killed"), "--json"]);
    expect(resumed.stderr).toContain(`has ${before.length} measurements: not made again`);
    const begun = lines("log.txt");
    for (const id of before) expect(begun.filter((one) => one === id)).toEqual([id]);
    // Only the case that was being measured may have been begun twice.
    expect(begun.length - new Set(begun).size).toBeLessThanOrEqual(1);
    const whole = await loopnest(tune(chip(), "whole", ...options, "--batch", "8", "--json"));
    const [one, other] = [resumed, whole].map(({ stdout }) => ({ ...JSON.parse(stdout), measure: "" }));
    expect(one).toEqual(other);
    const again = await loopnest(["tune", "--resume", join(scratch, "killed"), "--json"]);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(resumed.stdout));
    expect(lines("log.txt")).toEqual(begun);
  });

  test("says what is wrong: no program, nothing measured, too few measurements, another folder", async () => {
    const piped = await loopnest(tune(`cat | ${chip()}`, "piped"));
    expect(piped.status).toBe(2);
    expect(piped.stderr).toMatch(/--measure: \| means something to a shell only.*--shell/);
    expect(existsSync(join(scratch, "piped"))).toBe(false);
    const none = await loopnest(tune("no-such-program", "none"));
    expect(none.status).toBe(2);
    expect(none.stderr).toMatch(/--measure: there is no such program/);
    const dead = await loopnest(tune(chip("die", "1"), "dead", "--measurements", "6", "--batch", "6"));
    expect(dead.status).toBe(1);
    expect(dead.stderr).toMatch(
      /none of \d+ cases could be measured: it ended with code 3 without an answer; it said: warming up/,
    );
    const few = await loopnest(tune(chip(), "few", "--measurements", "4"));
    expect(few.stderr).toMatch(/--measurements: 4 are too few for 2 shapes of layers; allow 6 at least/);
    const other = await loopnest(tune(chip(), "dead", "--measurements", "6"));
    expect(other.stderr).toMatch(/tuning with other inputs or options; choose another folder with -o/);
    const more = await loopnest(["tune", "--resume", join(scratch, "dead"), "--seed", "2"]);
    expect(more.stderr).toMatch(/--resume knows what to tune from the folder; leave out --seed/);
  });
});
