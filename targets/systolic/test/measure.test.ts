import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { conv, matmul } from "@loopnest/mapspace";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { mappingOf, singleElement, testHardware } from "./test-machine.js";

const bin = fileURLToPath(new URL("../../../apps/cli/bin/loopnest.js", import.meta.url));
const cases = [
  { id: "product", problem: matmul({ m: 16, n: 16, k: 16 }), mapping: mappingOf({ C: 2 }, { K: 2, P: 16 }, 8, 8) },
  { id: "one", problem: matmul({ m: 1, n: 1, k: 1 }), mapping: singleElement({}) },
  {
    id: "convolution",
    problem: conv({ R: 3, S: 3, P: 10, Q: 6, C: 16, K: 16 }),
    mapping: mappingOf({ K: 2, P: 2, C: 2 }, { R: 3, S: 3, P: 5, Q: 6 }, 8, 8),
  },
].map((one) => ({ ...one, hardware: testHardware }));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loopnest-measure-"));
  await writeFile(join(folder, "cases.jsonl"), cases.map((one) => `${JSON.stringify(one)}\n`).join(""));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the built program; resolves to what it said. */
function measure(output: string): Promise<string> {
  const args = [bin, "measure", "--target", "systolic", "--cases", "cases.jsonl", "-o", output];
  const env = { ...process.env, XDG_CACHE_HOME: inject("cacheHome") };
  return new Promise((done, fail) =>
    execFile(process.execPath, args, { cwd: folder, env }, (error, _stdout, stderr) =>
      error ? fail(new Error(stderr)) : done(stderr),
    ),
  );
}

async function samples(name: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, name), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
}

describe("loopnest measure", () => {
  it("records every case with its cycles, and goes on where a run was stopped", async () => {
    expect(await measure("samples.jsonl")).toBe("measured 3 of 3 cases and checked their results: samples.jsonl\n");
    const measured = await samples("samples.jsonl");
    const byId = new Map(measured.map((sample) => [sample["id"], sample]));
    for (const one of cases) {
      const { cycles, checked, ...rest } = byId.get(one.id)!;
      expect(rest).toEqual(JSON.parse(JSON.stringify(one)));
      expect(cycles).toBeGreaterThan(0);
      expect(checked).toBe(true);
    }

    // Killed while it wrote its second line.
    const lines = measured.map((sample) => JSON.stringify(sample));
    await writeFile(join(folder, "killed.jsonl"), `${lines[0]}\n${lines[1]!.slice(0, 100)}`);
    expect(await measure("killed.jsonl")).toBe(
      "measured 2 of 3 cases and checked their results; 1 were there: killed.jsonl\n",
    );
    const again = await samples("killed.jsonl");
    expect(again[0]).toEqual(measured[0]);
    for (const sample of again) expect(sample).toEqual(byId.get(sample["id"]));

    const before = await readFile(join(folder, "samples.jsonl"), "utf8");
    expect(await measure("samples.jsonl")).toContain("measured 0 of 3 cases");
    expect(await readFile(join(folder, "samples.jsonl"), "utf8")).toBe(before);
  });

  it("refuses an output that has another case under the same id", async () => {
    const [first] = await samples("samples.jsonl");
    await writeFile(join(folder, "other.jsonl"), `${JSON.stringify({ ...first, hardware: { peDim: 4 } })}\n`);
    await expect(measure("other.jsonl")).rejects.toThrow(/id: other\.jsonl:1 has a sample of another case/);
  });
});
