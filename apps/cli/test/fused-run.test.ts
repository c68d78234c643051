import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Ended, loopnest, scratchFolder } from "./loopnest.js";

const folder = scratchFolder();
const run = join(folder, "run");

/** A block of two products three times, and one more that reads the last. */
const workload = join(folder, "block.yaml");
writeFileSync(
  workload,
  [
    "name: block",
    "layers:",
    "  - { matmul: { name: up, m: 16, k: 16, n: 32 }, count: 3 }",
    "  - { matmul: { name: down, m: 16, k: 32, n: 16 }, count: 3 }",
    "edges:",
    "  - { from: up, to: down, tensor: Inputs, count: 2, ranks: [[P, P], [K, C]], through: [Gelu] }",
    "",
  ].join("\n"),
);
const fuse = ["fuse", workload, "--fix", "peDim=4", "--fix", "scratchpadKb=1", "--fix", "accumulatorKb=1"];
let written: Ended;

interface Changed {
  [key: string]: unknown;
  layers: { name: string; count: number; mapping: { temporal: [string, number][] }[]; held?: string[] }[];
  fusion: {
    segments: { layers: number[]; edges: number[]; count: number; words: { occupied: number[] } }[];
    apart: { mappings: unknown[]; energyUj: number };
    edges: { fused: number }[];
  };
}

/** A copy of the run with its result changed. */
function changed(name: string, change: (result: Changed) => void): string {
  const dir = join(folder, name);
  cpSync(run, dir, { recursive: true });
  const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
  change(result);
  writeFileSync(join(dir, "result.json"), JSON.stringify(result));
  return dir;
}

beforeAll(async () => {
  written = await loopnest([...fuse, "-o", run]);
}, 60_000);

describe("a run of fused layers", () => {
  it("is written with the layers that run, and reproduces from its mappings alone", async () => {
    expect(written).toMatchObject({ status: 0, stderr: expect.stringContaining(`written to ${run}`) });
    const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    // Two executions fused, one by itself.
    expect(result.layers.map(({ name, count }: Changed["layers"][number]) => [name, count])).toEqual([
      ["up", 1],
      ["up", 2],
      ["down", 1],
      ["down", 2],
    ]);
    expect(result.fusion.segments).toMatchObject([{ layers: [1, 3], edges: [0], count: 2 }]);
    expect(await loopnest(["evaluate", "--run", run])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("every figure reproduces: 4 layers"),
    });
  });

  it("has a case for each layer that evaluate counts as the run does", async () => {
    const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8"));
    const [, , , last] = readdirSync(join(run, "layers"));
    const { stdout } = await loopnest(["evaluate", "--case", join(run, "layers", last!)]);
    const { cycles, energyPj } = JSON.parse(stdout);
    expect([cycles, energyPj]).toEqual([result.layers[3].latencyCycles, result.layers[3].energyPj]);
  });

  it.each(["show", "explain", "report"])("is read by %s", async (command) => {
    const more = command === "report" ? ["-o", join(folder, "page.html")] : [];
    expect(await loopnest([command, run, ...more])).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("error"),
    });
  });

  it.each<[string, (result: Changed) => void, string]>([
    [
      "words",
      ({ fusion }) => void fusion.segments[0]!.words.occupied.fill(1),
      "fusion.segments[0].words.occupied[0] is 1",
    ],
    ["sums", ({ fusion }) => void (fusion.apart.energyUj = 1), "fusion.apart.energyUj is 1, should be"],
    ["counts", ({ layers }) => void (layers[0]!.count = 2), "up runs 4 times, the workload has it 3 times"],
    ["places", ({ fusion }) => void (fusion.segments[0]!.layers[1] = 9), "no edge from up to a layer"],
    ["edges", ({ fusion }) => void (fusion.edges = []), "it has 0 edges, the workload has 1"],
    ["loose", ({ layers }) => void delete layers[1]!.held, "layers[1] holds tensors for other layers if and only if"],
    ["old", (result) => void delete (result as Partial<Changed>).fusion, "its form is version 2, and it has no fusion"],
    [
      "apart",
      ({ fusion }) => void fusion.apart.mappings.pop(),
      "fusion.apart has 1 mappings, the workload has 2 layers",
    ],
  ])("that was changed says so: %s", async (name, change, message) => {
    const { status, stderr } = await loopnest(["evaluate", "--run", changed(name, change)]);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain(message);
  });

  it("shows the tree line by line, what the home holds, and why an edge is not fused", async () => {
    const page = readFileSync(join(run, "report.html"), "utf8");
    expect(page).toMatch(/<pre>DRAM: .*\n/);
    expect(page).toContain("(handed from layer to layer; the others run here in turn)");
    expect(page).toContain("Words in Scratchpad: up &#62; down");
    const { stdout } = await loopnest(["show", run]);
    expect(stdout).toMatch(/fused 2 of 2 edges: DRAM words -/);
    expect(stdout).toMatch(/up +█+\S* +\d+: 512 handed over, \d+ its own/);
  });

  it("draws buffer size against words of DRAM", async () => {
    const slope = join(folder, "slope.svg");
    const swept = await loopnest([
      ...fuse.slice(0, 4),
      "--fix",
      "accumulatorKb=1",
      "--sweep",
      "scratchpadKb=1,4",
      "-o",
      slope,
    ]);
    expect(swept).toMatchObject({ status: 0, stderr: expect.stringContaining(`written to ${slope}`) });
    expect(readFileSync(slope, "utf8")).toContain(
      "Words of DRAM by scratchpadKb - block on gemmini, peDim 4, accumulatorKb 1",
    );
    const wrong = await loopnest([...fuse, "--sweep", "scratchpadKb=1", "-o", run]);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("end in .html or .svg") });
  });

  it("is replaced only by the same one", async () => {
    const other = await loopnest([...fuse, "--objective", "energy", "-o", run]);
    expect(other).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("holds a run of other inputs or options"),
    });
    expect((await loopnest([...fuse, "-o", run])).stderr).toContain("in place of the earlier run of the same inputs");
  });
});
