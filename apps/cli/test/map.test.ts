import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eyeriss } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const folder = scratchFolder();
const quick = ["--starts", "2", "--steps", "150", "--workers", "1"];
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe("loopnest map", () => {
  it("maps a network on a target as it was built, and the run reproduces", async () => {
    const dir = join(folder, "eyeriss");
    const { status } = await loopnest(["map", "bert", "--target", "eyeriss", ...quick, "-o", dir]);
    expect(status).toBe(0);
    const { hardware, fixed } = JSON.parse(readFileSync(join(dir, "result.json"), "utf8"));
    const built = Object.fromEntries(eyeriss.sizes.map((size) => [size.name, size.default]));
    expect([hardware, fixed]).toEqual([built, built]);
    expect((await loopnest(["evaluate", "--run", dir])).status).toBe(0);
  }, 60_000);

  it("maps single layers, on sizes that are given", async () => {
    const args = [
      "map",
      "resnet50",
      "--layer",
      "fc",
      "--fix",
      "peDim=32",
      ...quick,
      "--json",
      "-o",
      join(folder, "fc"),
    ];
    const { hardware, layers } = JSON.parse((await loopnest(args)).stdout);
    expect(hardware).toEqual({ peDim: 32, scratchpadKb: 256, accumulatorKb: 64 });
    expect(layers.map(({ name }: { name: string }) => name)).toEqual(["fc"]);
  });

  it("proves that no mapping is better", async () => {
    const args = ["map", "bert", "--layer", "projection", "--json"];
    const [exact, descent] = await Promise.all(
      [["--method", "exact"], quick].map(async (method, i) => {
        const { stdout } = await loopnest([...args, ...method, "-o", join(folder, `proof-${i}`)]);
        return JSON.parse(stdout);
      }),
    );
    expect(exact.value / exact.lowerBound).toBeCloseTo(1, 9);
    expect(descent.value).toBeGreaterThanOrEqual(exact.value * (1 - 1e-9));
    const { stdout } = await loopnest(["show", join(folder, "proof-0")]);
    expect(stdout).toMatch(/this is the optimum\nproven of +gemmini with .*, counts timeloop-2025, .*layer by layer\n/);
  }, 60_000);

  it("takes a file of one layer, as a workload file has it or as a problem", async () => {
    const layer = file("layer.yaml", "matmul: { name: projection, m: 64, n: 64, k: 64 }\ncount: 3\n");
    const problem = file(
      "problem.yaml",
      [
        "name: matrix times vector",
        "dims: { K: 64, C: 128 }",
        "tensors:",
        "  - { name: Weights, role: input, ranks: [[[K, 1]], [[C, 1]]] }",
        "  - { name: Inputs, role: input, ranks: [[[C, 1]]] }",
        "  - { name: Outputs, role: output, ranks: [[[K, 1]]] }",
      ].join("\n"),
    );
    for (const [given, name, count] of [
      [layer, "projection", 3],
      [problem, "matrix times vector", 1],
    ] as const) {
      const { stdout } = await loopnest(["map", given, ...quick, "--json", "-o", join(folder, name)]);
      expect(JSON.parse(stdout).layers[0]).toMatchObject({ name, count });
    }
  });

  it("says where a layer file is wrong", async () => {
    const wrong = file("wrong.yaml", "matmul:\n  m: 64\n  n: 64\n  q: 64\n");
    const { status, stderr } = await loopnest(["map", wrong, ...quick]);
    expect(status).toBe(2);
    expect(stderr).toContain("wrong.yaml:4:3: matmul.q: ");
  });
});
