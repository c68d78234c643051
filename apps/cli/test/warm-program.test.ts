import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

// Tests run the program in a process that has run it before: it must make no difference to a process of its own.
const scratch = scratchFolder();
const small = fixture("small.yaml");
const search = ["search", small, "--samples", "60", "--starts", "2", "--workers", "1"];

/** What differs from run to run: times, and which run was there before. */
const withoutTimes = (text: string) =>
  text
    .replace(/ in [\d.]+ m?s\b/g, "")
    .replace(/"(seconds|startedAt)": ?[^,\n}]+/g, "")
    .replace(/^(written to \S+),.*/gm, "$1")
    .replace(/^best .* so far\n|^nothing that fits yet.*\n/gm, "");

const broken = "broken.yaml";
const commands: [args: string[], more?: { input?: string; env?: Record<string, string> }][] = [
  [["targets"]],
  [["workloads", "--jsonl"]],
  [["search", "--help"]],
  [[]],
  [[...search, "-o", "again", "--force", "--json"]],
  [["search", small, "--samples", "60", "--method", "genetic", "-o", "genetic", "--force"]],
  [[...search, "--method", "genetic"]],
  [["search", broken, "--target", "gemmini"]],
  [["search", small, "--samples", "many"]],
  [[...search, "--max-area", "0.0001", "-o", "nothing"]],
  [["targets"], { env: { LOOPNEST_SAMPLES: "many" } }],
  [[...search, "-o", "set", "--force"], { env: { LOOPNEST_OBJECTIVE: "latency" } }],
  [["evaluate", "--run", "run"]],
  [["evaluate", "--case", "-"], { input: readFileSync(fixture("case.json"), "utf8") }],
  [["evaluate", "--cases", "-"], { input: "{\n" }],
  [["show", "run"], { env: { FORCE_COLOR: "1" } }],
  [["show", "run"]],
  [["explain", "run"]],
  [["report", "run", "-o", "-"]],
  [["completion", "bash"]],
];

describe("a process that has run the program before", () => {
  beforeAll(async () => {
    writeFileSync(join(scratch, broken), "layers: [{ name: a\n");
    expect((await loopnestProcess([...search, "-o", "run"], { cwd: scratch })).status).toBe(0);
  });

  test.each(commands)("runs %j as a new process does", async (args, more = {}) => {
    const options = { cwd: scratch, ...more };
    const { status, stdout, stderr } = await loopnestProcess(args, options);
    const own = { status, stdout: withoutTimes(stdout), stderr: withoutTimes(stderr) };
    for (const _ of [1, 2]) {
      const warm = await loopnest(args, options);
      expect({ status: warm.status, stdout: withoutTimes(warm.stdout), stderr: withoutTimes(warm.stderr) }).toEqual(
        own,
      );
    }
  });

  test("has its folder, variables and threads back: runs at the same time are runs of their own", async () => {
    const elsewhere = scratchFolder();
    const [here, there, targets] = await Promise.all([
      loopnest(["show", "run", "--json"], { cwd: scratch }),
      loopnest(["show", "run"], { cwd: elsewhere }),
      loopnest(["targets"], { cwd: elsewhere }),
    ]);
    expect(here.status).toBe(0);
    expect(there).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(/^error: run/) });
    expect(targets.status).toBe(0);
  });
});
