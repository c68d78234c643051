import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bin, fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const search = ["search", fixture("small.yaml"), "--samples", "60", "--starts", "1"];

beforeAll(async () => {
  expect((await loopnest([...search, "-o", "run"], { cwd: scratch })).status).toBe(0);
});

type Stdio = "pipe" | number;

/** Runs the program with a reader that goes away: before the first word or after it. */
function readBy(
  args: readonly string[],
  stream: "stdout" | "stderr",
  after: "nothing" | "a word",
  stdout: Stdio = "pipe",
) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: scratch, stdio: ["ignore", stdout, "pipe"] });
  let said = "";
  if (stream === "stdout") child.stderr!.setEncoding("utf8").on("data", (text) => (said += text));
  const reader = child[stream];
  if (after === "nothing") reader?.destroy();
  else reader?.once("data", () => reader.destroy());
  return new Promise<{ status: number | null; said: string }>((done) => {
    child.on("close", (status) => done({ status, said }));
  });
}

describe("a reader that closes the pipe ends the program quietly", () => {
  const commands = [
    ["--help"],
    ["targets", "--json"],
    ["workloads"],
    ["show", "run"],
    ["explain", "run", "--jsonl"],
    ["report", "run", "-o", "-"],
    ["evaluate", "--run", "run"],
    ["sample", "--target", "gemmini", "-n", "200"],
    ["completion", "zsh"],
    ["doctor"],
    [...search, "-o", "closed", "--force", "--jsonl"],
  ];
  test.concurrent.each(commands.map((args) => ({ args })))("$args", async ({ args }) => {
    for (const after of ["nothing", "a word"] as const) {
      const { status, said } = await readBy(args, "stdout", after);
      expect(status).toBe(0);
      expect(said.replace(/^(written to|best|nothing that fits yet) .*\n/gm, "")).toBe("");
    }
  });
});

test("where nobody reads the progress, the work goes on", async () => {
  const { status } = await readBy([...search, "-o", "unheard", "--samples", "600"], "stderr", "nothing");
  expect(status).toBe(0);
  expect(existsSync(join(scratch, "unheard", "result.json"))).toBe(true);
});

describe.skipIf(!existsSync("/dev/full"))("a disk that is full", () => {
  test("is said in a line, with exit code 1", async () => {
    const full = openSync("/dev/full", "w");
    expect(await readBy(["workloads"], "stdout", "nothing", full)).toEqual({
      status: 1,
      said: "error: standard output: the disk is full; make room, or write to another folder\n",
    });
    const file = await loopnest(["report", "run", "-o", "/dev/full"], { cwd: scratch });
    expect(file).toEqual({
      ...{ status: 1, stdout: "" },
      stderr: "error: /dev/full: the disk is full; make room, or write to another folder\n",
    });
  });
});

describe("colours", () => {
  test("are off off a terminal and with NO_COLOR, on with FORCE_COLOR", async () => {
    const colored = async (env: Record<string, string>) =>
      (await loopnest(["show", "run"], { cwd: scratch, env })).stdout.includes("\u001b[");
    expect(await colored({})).toBe(false);
    expect(await colored({ FORCE_COLOR: "1" })).toBe(true);
    expect(await colored({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });
});
