import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const loopnest = (...args: string[]) =>
  execFileSync(process.execPath, [file("../../apps/cli/bin/loopnest.js"), ...args], {
    encoding: "utf8",
    stdio: "pipe",
  });
const folder = mkdtempSync(join(tmpdir(), "loopnest-simulator-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const twin = [process.execPath, file("simulator-twin.mjs")];
const python = ["python3", file("../simulator.py")];
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const simulators = hasPython ? [python, twin] : [twin];
const inputs = ["--target", file("../vector-engine.yaml")];

describe("simulator.py", () => {
  it("answers cases as its twin does", () => {
    const input = loopnest("sample", ...inputs, "--workload", file("../tiny-network.yaml"), "-n", "12");
    const answers = simulators.map(([program, ...args]) => {
      const { stdout } = spawnSync(program!, args, { input, encoding: "utf8" });
      return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    });
    expect(answers[0]).toHaveLength(12);
    for (const other of answers) expect(other).toEqual(answers[0]);
  });

  it("teaches a model that predicts it, and leads to a better design than the analytical model does", () => {
    const dir = join(folder, "tuned");
    const measure = simulators[0]!.map((word) => `'${word}'`).join(" ");
    const few = ["--measurements", "40", "--jobs", "2", "--batch", "20", "--samples", "200", "--starts", "2"];
    const network = ["--network", file("../tiny-network.yaml")];
    const printed = loopnest("tune", ...inputs, "--measure", measure, ...network, ...few, "-o", dir);
    expect(printed).toMatch(/tiny on vector-engine: \d+ of 40 measurements/);
    const { rounds, designs, best, measuredEnergy } = JSON.parse(readFileSync(join(dir, "tune.json"), "utf8"));
    expect(measuredEnergy).toBe(true);
    expect(rounds.at(-1).medianError).toBeLessThan(rounds[0].medianError / 2);
    const edp = (name: string) => designs.find((one: { name: string }) => one.name === name).measured.edp;
    expect(edp(best)).toBeLessThan(edp("00-analytical"));
    expect(readFileSync(join(dir, "tune.html"), "utf8")).toMatch(/Predicted against measured cycles/);
  });
});
