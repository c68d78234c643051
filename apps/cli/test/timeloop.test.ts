import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const packages = fileURLToPath(new URL("../../../packages", import.meta.url));
const dialect = (folder: string) => {
  const dir = join(packages, "timeloop", "fixtures", folder);
  return readdirSync(dir).map((file) => join(dir, file));
};
const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const inScratch = (name: string) => readFileSync(join(scratch, name), "utf8");

/** Runs a command that has to succeed, and returns what it printed. */
async function done(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await run(...args);
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

/** The first record of a family that Timeloop of 2022 counted. */
function golden(family: string) {
  const file = join(packages, "model-analytical", "test", "golden", `${family}.jsonl.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString().split("\n")[0]!);
}

describe("export timeloop and import timeloop", () => {
  test.each(["gemmini", "eyeriss", "simba"])("a case there and back is counted as Timeloop did: %s", async (family) => {
    const { expected, ...record } = golden(family);
    writeFileSync(join(scratch, `${family}.json`), JSON.stringify(record));
    const command = await done("export", "timeloop", "--case", `${family}.json`, "-o", family);
    const files = command.trim().split(" ").slice(1);
    expect(command).toBe(
      `timeloop-model ${["arch", "problem", "map", "ERT", "ART"].map((name) => `${family}/${name}.yaml`).join(" ")}\n`,
    );
    await done("import", "timeloop", ...files, "-o", `${family}.yaml`);
    const counted = await done("evaluate", "--counts", "timeloop-2022", "--case", `${family}.yaml`);
    const { cycles, energyPj, levels } = JSON.parse(counted);
    expect(cycles).toBe(expected.cycles);
    expect(energyPj / expected.energyPj).toBeCloseTo(1, 6);
    for (const [level, { tensors }] of Object.entries<{ tensors: object }>(expected.levels)) {
      for (const [tensor, counts] of Object.entries(tensors)) {
        const { reads, updates, fills } = counts;
        expect([level, tensor, levels[level][tensor]]).toMatchObject([level, tensor, { reads, updates, fills }]);
      }
    }
  });

  test("whose counting is meant goes both ways: into the case read, as a note where one is written", async () => {
    const { expected: _, ...record } = golden("mesh");
    writeFileSync(join(scratch, "counted.json"), JSON.stringify({ ...record, counts: "timeloop-2022" }));
    const exported = ["export", "timeloop", "--case", "counted.json", "-o", "counted"];
    expect((await run(...exported)).stderr).toMatch(/^note: .* timeloop-2022, timeloop-model will .* timeloop-2025; /m);
    const { stdout, stderr } = await run(...exported, "--counts", "timeloop-2022");
    expect(stderr).not.toContain("note");
    const files = stdout.trim().split(" ").slice(1);
    const read = JSON.parse(await done("import", "timeloop", ...files, "--counts", "timeloop-2022", "--json"));
    expect((read.case ?? read).counts).toBe("timeloop-2022");
    expect((await run("import", "timeloop", ...files, "--counts", "2022")).status).toBe(2);
  });

  test("a run becomes a folder for each layer, the machine's files once", async () => {
    await done("search", fixture("small.yaml"), "--samples", "40", "-o", "run");
    const { layers } = JSON.parse(inScratch("run/result.json"));
    const printed = JSON.parse(await done("export", "timeloop", "--run", "run", "-o", "layers", "--json"));
    expect(printed.map(({ layer }: { layer: string }) => `layers/${layer}.yaml`)).toEqual(
      layers.map(({ file }: { file: string }) => file),
    );
    expect(readdirSync(join(scratch, "layers")).sort()).toEqual(
      ["ART.yaml", "ERT.yaml", "arch.yaml", ...printed.map(({ layer }: { layer: string }) => layer)].sort(),
    );
    for (const [i, { files }] of printed.entries()) {
      const text = await done("import", "timeloop", ...files, "--json");
      const record = JSON.parse((await loopnest(["evaluate", "--case", "-"], { input: text })).stdout);
      expect(record.cycles).toBe(layers[i].latencyCycles);
      expect(record.energyPj / layers[i].energyPj).toBeCloseTo(1, 9);
    }
  });
});

describe("import timeloop", () => {
  test("reads each dialect; energies by the name of a table", async () => {
    for (const folder of ["weight-stationary-v03", "output-stationary-flat"]) {
      const record = JSON.parse(await done("import", "timeloop", ...dialect(folder), "--json"));
      expect(Object.keys(record)).toEqual(["id", "architecture", "problem", "mapping"]);
    }
    await done("import", "timeloop", ...dialect("eyeriss-like-v04"), "--energy-table", "dosa", "-o", "eyeriss-40nm");
    // DOSA's table: a DRAM access of 64 bits costs 200 pJ for every 16 of them, an 8-bit MAC 0.5608 pJ.
    expect(inScratch("eyeriss-40nm/case.yaml")).toMatch(/energyPerVectorAccessPj: 800\n/);
    expect(inScratch("eyeriss-40nm/case.yaml")).toMatch(/energyPj: 0\.5608/);
    expect(JSON.parse(await done("evaluate", "--case", "eyeriss-40nm/case.yaml")).utilization).toBeGreaterThan(0);
  });

  test("tells what it reads otherwise: dearer reads, constraints that a target cannot hold", async () => {
    const held = "- {target: Buffer, type: spatial, factors: N<=8}\n";
    const limited = `mapspace_constraints:\n${held}- {target: Buffer, type: temporal, factors: M>=2}\n`;
    writeFileSync(join(scratch, "limited.yaml"), limited);
    const files = dialect("output-stationary-flat").filter((file) => !file.endsWith("arch.yaml"));
    const arch = readFileSync(dialect("output-stationary-flat").find((file) => file.endsWith("arch.yaml"))!, "utf8");
    writeFileSync(join(scratch, "free.yaml"), arch.split("mapspace:")[0]!);
    const target = await run(
      "import",
      "timeloop",
      ...files,
      "free.yaml",
      "limited.yaml",
      "--as-target",
      "-o",
      "limits",
    );
    expect(target.stderr).toContain("limited.yaml:3:3: note: Buffer, temporal: M>=2 is not held: the factor is free\n");
    expect(target.stderr).not.toContain("N<=8");
    const written = readFileSync(join(scratch, "limits/target.yaml"), "utf8");
    expect(written).toMatch(/factors:\s+- dim: N\s+kind: X\s+most: 8/);
    const energies = await run("import", "timeloop", ...dialect("eyeriss-like-v04"));
    expect(energies.stderr).toMatch(/there is no area for GlobalBuffer/);
  });

  test("fills in what a problem includes, from where it is", async () => {
    mkdirSync(join(scratch, "layers/one"), { recursive: true });
    const base = "base: &base\n  shape: gemm-ABZ\n  instance: {M: 1, N: 64, K: 24}\n";
    writeFileSync(join(scratch, "layers/base.yaml"), base);
    const problem = "{{include_text('../base.yaml')}}\nproblem:\n  <<<: *base\n  instance: {M: 8}\n";
    writeFileSync(join(scratch, "layers/one/problem.yaml"), problem);
    const arch = dialect("output-stationary-flat").filter((file) => file.endsWith("arch.yaml"));
    const record = JSON.parse(await done("import", "timeloop", ...arch, "layers/one/problem.yaml", "--json"));
    expect(record.problem.dims).toEqual({ M: 8, N: 64, K: 24 });
  });

  test("without a mapping writes architecture and problem", async () => {
    const files = dialect("output-stationary-flat").filter((file) => !file.endsWith("map.yaml"));
    expect(await done("import", "timeloop", ...files)).toMatch(/^architecture:\n.*\nproblem:\n/s);
    await done("import", "timeloop", ...files, "-o", "parts");
    expect(readdirSync(join(scratch, "parts")).sort()).toEqual(["architecture.yaml", "problem.yaml"]);
    expect(inScratch("parts/architecture.yaml")).not.toMatch(/[&*]a1/);
  });

  test("--as-target gives files that can be searched, with the energies that Timeloop was given", async () => {
    await done("import", "timeloop", ...dialect("output-stationary-flat"), "--as-target", "-o", "machine");
    const search = ["search", "machine/workload.yaml", "--target", "machine/target.yaml", "--samples", "30"];
    const result = JSON.parse(await done(...search, "-o", "machine-run", "--json"));
    expect(result.hardware).toEqual({});
    // The register of each unit may hold one sum: the constraints keep M and N out of its loops.
    expect(result.layers[0].mapping[2].temporal.map(([dim]: [string]) => dim)).not.toContain("M");
    expect(result.layers[0].computeEnergyPj).toBe(8 * 64 * 24 * 1.5);
    expect(await done("evaluate", "--run", "machine-run")).toMatch(/every figure reproduces/);
  });
});

const faults: [what: string, args: () => string[], stderr: RegExp][] = [
  [
    "no area",
    () => ["import", "timeloop", ...dialect("eyeriss-like-v04"), "--max-energies"],
    /arch\.yaml:12:5: .*there is no area for GlobalBuffer; give an ART, .*, or give a table with --energy-table$/,
  ],
  [
    "several documents for one file",
    () => ["import", "timeloop", ...dialect("output-stationary-flat"), "--as-target", "-o", "target.yaml"],
    /^error: -o: there are 3 documents to write: target, energies, workload; give a folder$/,
  ],
  [
    "no problem among the files",
    () => ["import", "timeloop", ...dialect("output-stationary-flat").filter((file) => !file.endsWith("gemm.yaml"))],
    /no file has problem: at the top; add the file with the problem/,
  ],
  ["nothing to export", () => ["export", "timeloop", "-o", "x"], /give one of --run DIR or --case FILE$/],
  ["no folder to export to", () => ["export", "timeloop", "--case", "x"], /required option '-o, --output <dir>'/],
  [
    "a case that Timeloop cannot express",
    () => {
      const text = readFileSync(fixture("case.yaml"), "utf8");
      writeFileSync(join(scratch, "long.yaml"), text.replace(/\bM\b/g, "rows"));
      return ["export", "timeloop", "--case", "long.yaml", "-o", "x"];
    },
    /^long\.yaml:4:\d+: problem\.dims\.rows: dimension rows; .*rename it to a letter$/,
  ],
  ["a folder that holds no run", () => ["export", "timeloop", "--run", "nowhere", "-o", "x"], /nowhere\/result\.json/],
];

describe("bad input exits 2, with one clear message and no files", () => {
  test.concurrent.each(faults)("%s", async (_what, args, expected) => {
    const { status, stdout, stderr } = await run(...args());
    expect(stderr.trimEnd()).toMatch(expected);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(["never", "x", "target.yaml"].filter((name) => existsSync(join(scratch, name)))).toEqual([]);
  });
});
