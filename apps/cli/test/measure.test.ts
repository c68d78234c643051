import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { matmul } from "@loopnest/mapspace";
import { describe, expect, test } from "vitest";
import { bin, type Ended, scratchFolder } from "./loopnest.js";

// Measuring itself is tested with the RTL (npm run test:rtl): here is what happens before a simulator runs.
const scratch = scratchFolder();

const keeps = [["Weights", "Inputs", "Outputs"], ["Weights", "Inputs"], ["Outputs"], ["Weights"]];
const good = {
  id: "product",
  problem: matmul({ m: 4, n: 4, k: 4 }),
  mapping: ["DRAM", "Scratchpad", "Accumulator", "Registers"].map((level, l) => ({
    level,
    temporal: level === "DRAM" ? [["P", 4]] : [],
    spatial: level === "Scratchpad" ? [["K", 4, "X"]] : level === "Accumulator" ? [["C", 4, "Y"]] : [],
    keeps: keeps[l],
  })),
};

/** Writes cases, a line each, and measures them on a machine that has no programs but Node. */
function measure(...cases: readonly unknown[]): Promise<Ended> {
  writeFileSync(join(scratch, "cases.jsonl"), cases.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const args = [bin, "measure", "--target", "systolic", "--cases", "cases.jsonl", "-o", "samples.jsonl"];
  return new Promise((done) => {
    const options = { cwd: scratch, env: { PATH: scratch, HOME: scratch } };
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) =>
      done({ status: child.exitCode, stdout, stderr }),
    );
  });
}

describe("loopnest measure", () => {
  test("says what to install if verilator is missing", async () => {
    const { status, stderr } = await measure(good);
    expect(stderr).toMatch(/^error: verilator is not installed; .*apt-get install verilator g\+\+ make/);
    expect(status).toBe(1);
    expect(existsSync(join(scratch, "samples.jsonl"))).toBe(false);
  });

  test("names line and field of every case that cannot be measured, before it runs any", async () => {
    const { status, stderr } = await measure(
      good,
      { ...good, id: "large", hardware: { peDim: 2 } },
      { ...good, id: "unknown", hardware: { pedim: 2 } },
      { ...good, id: "wrong", problem: matmul({ m: 5, n: 4, k: 4 }) },
      { ...good, id: undefined },
      good,
    );
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(
        /^cases\.jsonl:2:\d+: mapping: Scratchpad: the mapping needs 4 columns, the hardware has 2; /,
      ),
      expect.stringMatching(/^cases\.jsonl:3:\d+: hardware\.pedim: systolic has no size pedim; /),
      expect.stringMatching(/^cases\.jsonl:4:\d+: problem\.dims\.P: the factors of P multiply to 4, its bound is 5; /),
      expect.stringMatching(/^cases\.jsonl:5:\d+: id: /),
      expect.stringMatching(/^cases\.jsonl:6:\d+: id: line 1 has the id product, too; /),
    ]);
    expect(status).toBe(2);
  });

  test("runs nothing, and needs nothing, where every case is measured already", async () => {
    const hardware = { peDim: 16, scratchpadKb: 64, accumulatorKb: 64 };
    const sample = `${JSON.stringify({ ...good, hardware, cycles: 321, checked: true })}\n`;
    writeFileSync(join(scratch, "samples.jsonl"), sample);
    const { status, stderr } = await measure(good);
    expect(stderr).toBe("measured 0 of 1 cases and checked their results; 1 were there: samples.jsonl\n");
    expect(status).toBe(0);
    writeFileSync(join(scratch, "samples.jsonl"), "notes of mine\n");
    expect((await measure(good)).stderr).toBe("samples.jsonl:1:1: this is not a sample; write to another file\n");
  });
});
