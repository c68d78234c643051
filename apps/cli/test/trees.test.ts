import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const folder = scratchFolder();
const small = ["--fix", "peDim=4", "--fix", "scratchpadKb=1", "--fix", "accumulatorKb=1"];

/** A block of two products, with what the first hands the second. */
const workload = join(folder, "block.yaml");
writeFileSync(
  workload,
  [
    "name: block",
    "layers:",
    "  - { matmul: { name: up, m: 16, k: 16, n: 32 }, count: 3 }",
    "  - { matmul: { name: down, m: 16, k: 32, n: 16 }, count: 3 }",
    "edges:",
    "  - { from: up, to: down, tensor: Inputs, count: 3, ranks: [[P, P], [K, C]], through: [Gelu] }",
    "",
  ].join("\n"),
);

/** An inverted residual block, and one more layer that is not the only one to read what comes out. */
const block = join(folder, "inverted.yaml");
writeFileSync(
  block,
  [
    "name: inverted",
    "layers:",
    "  - conv: { name: expand, R: 1, S: 1, P: 4, Q: 4, C: 64, K: 32 }",
    "  - depthwiseConv: { name: depthwise, R: 3, S: 3, P: 4, Q: 4, channels: 32 }",
    "  - conv: { name: project, R: 1, S: 1, P: 4, Q: 4, C: 32, K: 16 }",
    "  - conv: { name: next, R: 1, S: 1, P: 4, Q: 4, C: 16, K: 8 }",
    "edges:",
    "  - { from: expand, to: depthwise, tensor: Inputs, count: 1, ranks: [[K, G], [P, P], [Q, Q]] }",
    "  - { from: depthwise, to: project, tensor: Inputs, count: 1, ranks: [[G, C], [P, P], [Q, Q]] }",
    "  - { from: project, to: next, tensor: Inputs, count: 1, ranks: [[K, C], [P, P]], refusal: 2 operators read it }",
    "",
  ].join("\n"),
);

describe("mapping trees on the command line", () => {
  it("counts AccelForge's as it counts them", async () => {
    const file = fileURLToPath(new URL("../../../packages/accelforge/test/golden/two-level.jsonl.gz", import.meta.url));
    const { status, stdout } = await loopnest(["evaluate", "--counts", "looptree", "--cases", file]);
    expect(status).toBe(0);
    const lines = (text: string) => text.trim().split("\n");
    const wanted = lines(gunzipSync(readFileSync(file)).toString("utf8")).map((line) => JSON.parse(line));
    const found = lines(stdout).map((line) => JSON.parse(line));
    expect(found).toHaveLength(wanted.length);
    found.forEach(({ id, energy, latency, peakBits }, i) => {
      expect(id).toBe(wanted[i].id);
      expect(energy / wanted[i].result.energy).toBeCloseTo(1, 6);
      expect(latency / wanted[i].result.latency).toBeCloseTo(1, 6);
      for (const level of Object.keys(peakBits)) {
        expect(peakBits[level] / wanted[i].result.peakBits[level]).toBeCloseTo(1, 6);
      }
    });
  });

  it("proves uneven mappings, keeps them as a run that reproduces, and explains them", async () => {
    const product = join(folder, "product.yaml");
    writeFileSync(product, "matmul: { name: up, m: 64, k: 32, n: 64 }\n");
    const sizes = ["--fix", "scratchpadKb=2", "--fix", "accumulatorKb=1"];
    const map = ["map", product, "--method", "exact", ...sizes, "--json", "-o"];
    const even = JSON.parse((await loopnest([...map, join(folder, "even")])).stdout);
    const uneven = JSON.parse((await loopnest([...map, join(folder, "uneven"), "--uneven"])).stdout);
    expect(uneven.value).toBeLessThan(even.value);
    expect(uneven.lowerBound).toBe(uneven.value);
    const levels = uneven.layers.map(({ mapping }: { mapping: { level: string }[] }) =>
      mapping.map(({ level }) => level),
    );
    expect(levels.flat().filter((level: string) => level === "Scratchpad").length).toBeGreaterThan(1);
    expect((await loopnest(["evaluate", "--run", join(folder, "uneven")])).status).toBe(0);
    const { status, stdout } = await loopnest(["explain", join(folder, "uneven")]);
    expect([status, stdout]).toEqual([0, expect.stringContaining("not worked out: mappings are uneven")]);
    expect((await loopnest(["explain", join(folder, "uneven"), "--layer", "up"])).status).toBe(0);
    expect((await loopnest(["search", workload, "--method", "exact", "--uneven"])).stderr).toContain("free");
    expect((await loopnest(["map", workload, "--uneven"])).stderr).toContain("method descent has no use for it");
  }, 60_000);

  it("says what fusion is worth, edge by edge", async () => {
    const frugal = ["fuse", workload, ...small.slice(0, 2), ...small.slice(4), "--objective", "energy"];
    const { status, stdout } = await loopnest([...frugal, "--fix", "scratchpadKb=1"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/fused 3 of 3 edges: DRAM words -\d/);
    const { apart, fused, segments, capacityWords } = JSON.parse(
      (await loopnest(["fuse", workload, ...small, "--json"])).stdout,
    );
    expect(fused.value).toBeLessThan(apart.value);
    expect([apart.gap, fused.gap]).toEqual([0, 0]);
    const near = JSON.parse((await loopnest(["fuse", workload, ...small, "--gap", "0.2", "--json"])).stdout).fused;
    expect(near.lowerBound).toBeLessThanOrEqual(fused.value);
    expect(near.value).toBeLessThanOrEqual(1.2 * fused.value);
    const { words, mappings } = segments[0].fused;
    expect(Math.max(...words.occupied)).toBeLessThanOrEqual(capacityWords);
    // DRAM has nothing of what is handed over.
    expect(mappings[0][0].keeps).toEqual(["Weights", "Inputs"]);
    expect(mappings[1][0].keeps).toEqual(["Weights", "Outputs"]);
    const free = ["--hardware", "--fix", "peDim=4", "--fix", "accumulatorKb=1", "--gap", "0.1"];
    const searched = (await loopnest(["fuse", workload, ...free])).stdout.replace(/\s+/g, " ");
    expect(searched).toMatch(/fused (at most \d\.\d\d % above )?the best there is on any \(scratchpadKb free\)/);
    const swept = await loopnest([
      "fuse",
      workload,
      "--fix",
      "accumulatorKb=1",
      "--sweep",
      "scratchpadKb=1,4",
      "--jsonl",
    ]);
    expect(
      swept.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).scratchpadKb),
    ).toEqual([1, 4]);
  }, 60_000);

  it("holds what windows slide over, and says why a tensor with several readers is not held", async () => {
    const { status, stdout } = await loopnest(["fuse", block, "--json"]);
    expect(status).toBe(0);
    const { fused, segments, edges } = JSON.parse(stdout);
    // Inputs, weights and outputs of the chain and of the layer behind it: nothing else.
    expect(fused.outermostWords).toBe(64 * 16 + 64 * 32 + 9 * 32 + 32 * 16 + 16 * 16 + 16 * 16 + 16 * 8 + 8 * 16);
    expect(segments).toMatchObject([{ layers: ["expand", "depthwise", "project"], count: 1 }]);
    expect(edges.map(({ reason }: { reason: string | null }) => reason)).toEqual([null, null, "2 operators read it"]);
  }, 60_000);

  it("says what is missing", async () => {
    expect((await loopnest(["fuse", "unet"])).stderr).toContain("nothing is known of what the layers of unet");
    expect((await loopnest(["fuse", workload, "--sweep", "scratchpadKb"])).stderr).toContain("is no size with values");
    const bad = join(folder, "bad.yaml");
    writeFileSync(bad, readFileSync(workload, "utf8").replace("to: down", "to: dwon"));
    expect(await loopnest(["fuse", bad])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no layer is called dwon"),
    });
  });
});
