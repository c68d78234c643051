import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gemmini } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { runExample } from "./run-example.js";

const number = (pattern: RegExp, line: string | undefined) => Number(pattern.exec(line ?? "")?.[1] ?? Number.NaN);

describe("examples", () => {
  it("custom-network: searches a network written in code", async () => {
    const printed = await runExample("custom-network.ts");
    // 4 x (2 x 28 x 28 x 32 x 192 + 28 x 28 x 9 x 192) + 32 x 1000
    expect(printed[0]).toBe("mobile-block: 4 shapes, 43986176 multiply-accumulates");
    expect(number(/, ([\d.]+) mm2/, printed[2])).toBeLessThanOrEqual(1);
    const shares = printed.map((line) => number(/: ([\d.]+) % of the cycles/, line)).filter((share) => share >= 0);
    expect(shares).toHaveLength(4);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(100, 0);
  });

  it("custom-accelerator: searches the sizes of a target file", async () => {
    const printed = await runExample("custom-accelerator.ts");
    const sizeOf = (name: string) =>
      number(
        new RegExp(`^ {2}${name} (\\d+) `),
        printed.find((line) => line.includes(` ${name} `)),
      );
    for (const name of ["lanes", "width"]) expect(sizeOf(name)).toBeLessThanOrEqual(64);
    for (const { name, min, max } of gemmini.sizes) {
      expect(sizeOf(name)).toBeGreaterThanOrEqual(min);
      expect(sizeOf(name)).toBeLessThanOrEqual(max);
    }
    expect(printed.filter((line) => /EDP [\d.]+e\+\d+ uJ x cycles$/.test(line))).toHaveLength(2);
  });

  it("custom-model: a search under another model avoids what that model charges for", async () => {
    const [closedForm, startUp] = (await runExample("custom-model.ts")).map((line) =>
      number(/: (\d+) transfers/, line),
    );
    expect(startUp!).toBeLessThan(closedForm!);
  });

  it("read-results: takes a run folder apart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "loopnest-example-"));
    try {
      const loopnest = fileURLToPath(new URL("../../apps/cli/bin/loopnest.js", import.meta.url));
      const network = fileURLToPath(new URL("../tiny-network.yaml", import.meta.url));
      const args = ["search", network, "--target", "gemmini", "--samples", "300", "--force", "-o", folder];
      execFileSync(process.execPath, [loopnest, ...args], { stdio: "pipe" });
      const printed = await runExample("read-results.ts", folder);
      const shares = printed.map((line) => number(/^ *([\d.]+) % /, line)).filter((share) => share >= 0);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(100, 0);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      expect(printed.slice(-3).join("\n")).toMatch(/^stem: \d+ cycles.*\nbody: \d+ cycles.*\nclassifier: \d+ cycles/);
      expect(printed.join("\n")).not.toContain("otherwise");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("area-study, read-sweep: a study, and what area buys", async () => {
    const folder = mkdtempSync(join(tmpdir(), "loopnest-example-"));
    try {
      const loopnest = fileURLToPath(new URL("../../apps/cli/bin/loopnest.js", import.meta.url));
      const fileOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
      // One of its 25 seeds.
      const study = readFileSync(fileOf("area-study.yaml"), "utf8").replace("to: 25", "to: 1");
      writeFileSync(join(folder, "study.yaml"), study.replace("tiny-network.yaml", fileOf("tiny-network.yaml")));
      const args = ["sweep", join(folder, "study.yaml"), "-o", join(folder, "sweep")];
      execFileSync(process.execPath, [loopnest, ...args], { stdio: "pipe" });
      const [count, ...best] = await runExample("read-sweep.ts", join(folder, "sweep"));
      expect(count).toBe("20 searches");
      expect(best).toHaveLength(10);
      for (const line of best) {
        const limit = number(/, ([\d.]+) mm2:/, line);
        if (limit > 0) expect(number(/on ([\d.]+) mm2/, line)).toBeLessThanOrEqual(limit);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
