import { spawn } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bin, fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();

/** A search that would take hours, ended by Ctrl-C at its first news. */
function interrupted(out: string) {
  return loopnestProcess(
    ["search", fixture("small.yaml"), "--target", "gemmini", "--samples", "100000000", "-o", out],
    {
      cwd: scratch,
      started: (child) => child.stderr.once("data", () => child.kill("SIGINT")),
    },
  );
}

test("Ctrl-C keeps the best so far, says so, and exits 130", async () => {
  const { status, stdout, stderr } = await interrupted("run");
  expect(status).toBe(130);
  expect(stderr).toMatch(/^stopping; press Ctrl-C again to give up what was found$/m);
  expect(stderr).toMatch(/^interrupted: this is the best so far; written to run$/m);
  expect(stdout).toMatch(/^small on gemmini: .*, interrupted\n/);
  expect(JSON.parse(readFileSync(join(scratch, "run", "result.json"), "utf8")).status).toBe("interrupted");
  const again = await loopnest(["evaluate", "--run", "run"], { cwd: scratch });
  expect(again).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/every figure reproduces.*the search was interrupted/),
  });
});

test("an interrupted search does not take the place of a better run", async () => {
  cpSync(join(scratch, "run"), join(scratch, "better"), { recursive: true });
  const file = join(scratch, "better", "result.json");
  const result = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...result, status: "finished" }));
  const { status, stderr } = await interrupted("better");
  expect(status).toBe(130);
  expect(stderr).toMatch(/better keeps the finished run that was there$/m);
  expect(JSON.parse(readFileSync(file, "utf8")).status).toBe("finished");
});

test("a reader that closes the pipe ends the program quietly", async () => {
  const lines = readFileSync(fixture("case.json"), "utf8").trim();
  const child = spawn(process.execPath, [bin, "evaluate", "--cases", "-"]);
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  child.stdin.on("error", () => {});
  child.stdin.write(`${lines}\n`.repeat(20_000));
  await new Promise<void>((done) => child.stdout.once("data", () => done()));
  child.stdout.destroy();
  child.stdin.end();
  const status = await new Promise((done) => child.on("close", done));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
