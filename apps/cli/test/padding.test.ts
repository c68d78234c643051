import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { RunResult } from "../src/run-folder/run-result.js";
import { type Ended, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const options = ["--target", "gemmini", "--samples", "150", "--fix", "peDim=16"];
const resultOf = (run: string): RunResult => JSON.parse(readFileSync(join(scratch, run, "result.json"), "utf8"));
let padded: Ended;

beforeAll(async () => {
  writeFileSync(
    join(scratch, "prime.yaml"),
    "name: prime\nlayers:\n  - matmul: { name: product, m: 127, n: 127, k: 127 }\n",
  );
  padded = await loopnest(["search", "prime.yaml", ...options, "-o", "padded"], { cwd: scratch });
});

test("a prime is padded unless told otherwise, and the result says to what", async () => {
  expect(padded.status).toBe(0);
  expect(padded.stdout).toMatch(/^ {2}product: .*127 -> 128.*, \d+\.\d % more work$/m);
  const { layers, totals } = resultOf("padded");
  expect(layers[0]!.padded).toBeDefined();
  // The work asked for, not the work done.
  expect(layers[0]!.macs).toBe(127 ** 3);
  const off = await loopnest(["search", "prime.yaml", ...options, "--pad", "off", "-o", "off"], { cwd: scratch });
  expect(off.stdout).not.toContain("->");
  expect(resultOf("off").layers[0]!.padded).toBeUndefined();
  const explained = await loopnest(["explain", "off", "--layer", "product"], { cwd: scratch });
  expect(explained.stdout).toContain(
    "127 is prime, which leaves few ways to share it among units; --pad may run it at up to 132",
  );
  expect(resultOf("off").totals.edp).toBeGreaterThan(50 * totals.edp);
});

test("its run reproduces, and its cases hold the padded problem", async () => {
  const evaluated = await loopnest(["evaluate", "--run", "padded"], { cwd: scratch });
  expect(evaluated.stdout).toContain("every figure reproduces");
  const layer = readFileSync(join(scratch, "padded", resultOf("padded").layers[0]!.file), "utf8");
  for (const [dim, [, runAt]] of Object.entries(resultOf("padded").layers[0]!.padded!)) {
    expect(layer).toMatch(new RegExp(`^ +${dim}: ${runAt}$`, "m"));
  }
  const exported = await loopnest(["export", "timeloop", "--run", "padded", "-o", "timeloop"], { cwd: scratch });
  expect(exported.status).toBe(0);
  const explained = await loopnest(["explain", "padded"], { cwd: scratch });
  expect(explained.status).toBe(0);
});

test("what is no way to pad is refused", async () => {
  const refused = await loopnest(["search", "prime.yaml", "--pad", "much"], { cwd: scratch });
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain("give auto, off, or a share such as 5%");
});
