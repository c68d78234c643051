import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

// Records made by running Timeloop of 2022, trimmed.
const golden = fileURLToPath(new URL("../../../packages/model-analytical/test/golden", import.meta.url));
const scratch = scratchFolder();

const goldenText = (file: string) => gunzipSync(readFileSync(join(golden, file))).toString();

const records = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

interface TensorCounts {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  readonly utilizedCapacity: number;
}

/** What must be equal to the last word, by level and tensor. */
function counts(level: string, tensors: Readonly<Record<string, TensorCounts>>): (string | number)[][] {
  return Object.entries(tensors)
    .map(([tensor, { reads, updates, fills, utilizedCapacity }]) => [
      level,
      tensor,
      reads,
      updates,
      fills,
      utilizedCapacity,
    ])
    .sort();
}

describe("evaluate --cases", () => {
  test("prints what Timeloop counted, whatever the machine", async () => {
    const families = readdirSync(golden).filter((file) => file.endsWith(".jsonl.gz") && !file.startsWith("rejected"));
    expect(families).toHaveLength(7);
    const input = families.map(goldenText).join("");
    const wanted = records(input);
    const { status, stdout, stderr } = await loopnest(["evaluate", "--counts", "timeloop-2022", "--cases", "-"], {
      input,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const printed = records(stdout);
    expect(printed.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    printed.forEach((record, i) => {
      const { expected } = wanted[i];
      expect(Object.keys(record)).toEqual(["id", "cycles", "energyPj", "utilization", "areaMm2", "levels"]);
      const levels = Object.keys(record.levels).sort();
      expect(levels).toEqual(Object.keys(expected.levels).sort());
      expect([record.cycles, ...levels.flatMap((level) => counts(level, record.levels[level]))]).toEqual([
        expected.cycles,
        ...levels.flatMap((level) => counts(level, expected.levels[level].tensors)),
      ]);
      for (const figure of ["energyPj", "utilization", "areaMm2"]) {
        expect(Math.abs(record[figure] / expected[figure] - 1)).toBeLessThan(1e-6);
      }
    });
  });

  test("says why a mapping is rejected, and goes on", async () => {
    const file = join(golden, "rejected.jsonl.gz");
    const wanted = records(goldenText("rejected.jsonl.gz"));
    const { status, stdout } = await loopnest(["evaluate", "--cases", file]);
    expect(status).toBe(0);
    expect(records(stdout).map(({ id, error }) => [id, error.code])).toEqual(
      wanted.map(({ id, error }) => [id, error]),
    );
    const capacity = records(stdout).find(({ error }) => error.code === "capacity").error;
    expect(capacity).toMatchObject({
      level: expect.any(String),
      tensor: expect.any(String),
      message: expect.any(String),
    });
    expect(capacity.needed).toBeGreaterThan(capacity.available);
  });

  test("goes on after a line that is no case, says where it was, and exits 2", async () => {
    const good = JSON.stringify(goodCase());
    const { mapping: _, ...unmapped } = goodCase();
    const lines = [good, '{"id": "broken", ', JSON.stringify(unmapped), "", good];
    const { status, stdout, stderr } = await loopnest(["evaluate", "--cases", "-"], { input: lines.join("\n") });
    expect(status).toBe(2);
    const printed = records(stdout);
    expect(printed.map(({ id, error }) => [id, error?.code, error?.line])).toEqual([
      ["A", undefined, undefined],
      [null, "input", 2],
      ["A", "input", 3],
      ["A", undefined, undefined],
    ]);
    expect(stderr).toBe(
      "standard input:2:18: the JSON ends too early; a field name in double quotes should stand here\n" +
        "standard input:3:1: mapping: mapping is missing; give a list\n",
    );
  });

  test("reads packed and unpacked files alike", async () => {
    const packed = join(golden, "tpu.jsonl.gz");
    const unpacked = join(scratch, "tpu.jsonl");
    writeFileSync(unpacked, goldenText("tpu.jsonl.gz").replaceAll("\n", "\r\n"));
    const [a, b] = await Promise.all([packed, unpacked].map((file) => loopnest(["evaluate", "--cases", file])));
    expect(a!.stdout).toBe(b!.stdout);
    expect(b!.status).toBe(0);
  });
});

describe("evaluate --case", () => {
  test("evaluates a YAML file", async () => {
    const { status, stdout, stderr } = await loopnest(["evaluate", "--case", fixture("case.yaml")]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [record, ...others] = records(stdout);
    expect(others).toEqual([]);
    // Counted by hand. N is cut in two, so A (24 words), which does not depend on it, is fetched once: the only loop
    // around the buffer's tile is one of N. B (48 words) and Z (32) are moved once each; every MAC reads and updates
    // the buffer once.
    const { DRAM, Buffer } = record.levels;
    expect(DRAM.A).toMatchObject({ reads: 24, updates: 0, fills: 0 });
    expect(DRAM.B).toMatchObject({ reads: 48, updates: 0, fills: 0 });
    expect(DRAM.Z).toMatchObject({ reads: 0, updates: 32, fills: 0 });
    expect(Buffer.A).toMatchObject({ reads: 192, fills: 24, utilizedCapacity: 24 });
    expect(Buffer.B).toMatchObject({ reads: 192, fills: 48, utilizedCapacity: 24 });
    expect(record).toMatchObject({ id: "small-matmul", cycles: 192, utilization: 1, areaMm2: 0.0015 });
  });

  test("evaluates a JSON file from standard input", async () => {
    const { status, stdout } = await loopnest(["evaluate", "--case", "-"], { input: JSON.stringify(goodCase()) });
    expect(status).toBe(0);
    expect(records(stdout)[0].id).toBe("A");
  });
});

function goodCase() {
  const [first] = records(goldenText("gemmini.jsonl.gz"));
  const { architecture, problem, mapping } = first;
  return { id: "A", architecture, problem, mapping };
}
