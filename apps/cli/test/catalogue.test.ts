import { expect, test } from "vitest";
import { loopnest } from "./loopnest.js";

test("workloads lists the networks with their sizes", async () => {
  const { status, stdout } = await loopnest(["workloads"]);
  expect(status).toBe(0);
  // 4,089,184,256 MACs: the layer list of DOSA.
  expect(stdout).toMatch(/^resnet50 +54 +24 +4\.089e9 +imageSize, batch +ResNet-50/m);
  const listed = JSON.parse((await loopnest(["workloads", "--json"])).stdout);
  expect(listed).toContainEqual(
    expect.objectContaining({ name: "resnet50", layers: 54, distinctLayers: 24, macs: 4_089_184_256 }),
  );
  const sizes = Object.fromEntries(listed.map((one: { name: string; sizes: object }) => [one.name, one.sizes]));
  expect(sizes).toMatchObject({ unet: {}, "llama-3-8b-decode": { context: 2048, batch: 1 } });
});

test("targets lists templates with ranges and defaults, and energy tables", async () => {
  const { status, stdout } = await loopnest(["targets"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^gemmini /m);
  expect(stdout).toMatch(/^ +peDim +2 to 128 +16 /m);
  expect(stdout).toMatch(/^dosa /m);
  const { targets, energyTables } = JSON.parse((await loopnest(["targets", "--json"])).stdout);
  expect(targets[0]).toMatchObject({ name: "gemmini", sizes: [{ name: "peDim", min: 2, max: 128 }, {}, {}] });
  expect(energyTables.map(({ name }: { name: string }) => name)).toContain("dosa");
});

test("both are printed as lines of JSON, too", async () => {
  const lines = async (command: string) =>
    (await loopnest([command, "--jsonl"])).stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(await lines("workloads")).toEqual(JSON.parse((await loopnest(["workloads", "--json"])).stdout));
  const { targets, energyTables } = JSON.parse((await loopnest(["targets", "--json"])).stdout);
  expect(await lines("targets")).toEqual([
    ...targets.map((data: object) => ({ kind: "target", ...data })),
    ...energyTables.map((data: object) => ({ kind: "energy table", ...data })),
  ]);
});

test.each([[], ["search"], ["evaluate"], ["targets"], ["workloads"], ["report"], ["show"]])(
  "help of %j has examples and exits 0",
  async (...command) => {
    const { status, stdout, stderr } = await loopnest([...command, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Examples:\n {2}loopnest /m);
  },
);
