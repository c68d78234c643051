import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readOnnx } from "@loopnest/onnx";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateSaved } from "./evaluate-saved.js";
import { bin, type ServedStudio, serveStudio } from "./studio-page.js";

const scratch = mkdtempSync(join(tmpdir(), "loopnest-studio-"));
const model = fileURLToPath(new URL("../../../../packages/onnx/fixtures/speech-embedding.onnx", import.meta.url));
let studio: ServedStudio;
beforeAll(async () => {
  const args = ["search", "bert", "--target", "gemmini", "--samples", "60", "--starts", "1", "-o", "run"];
  execFileSync(process.execPath, [bin, ...args], { cwd: scratch, stdio: "ignore" });
  studio = await serveStudio(["run"], scratch);
});
afterAll(async () => {
  await studio?.close();
  rmSync(scratch, { recursive: true, force: true });
});

test("a run that the program was started with is saved such that it reproduces", async () => {
  const { page, said } = await studio.open();
  await page.getByRole("region", { name: "Designs", exact: true }).waitFor();
  const { status, stdout, stderr } = await evaluateSaved(page, join(scratch, "saved"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/reproduce/);
  expect(said).toEqual([]);
  await page.context().close();
});

test("an ONNX file that leaves a size open asks for it, and is a table of its operators", async () => {
  const { page, said } = await studio.open();
  await page.getByLabel("Files to open").setInputFiles(model);
  await expect.poll(() => page.getByRole("alert").textContent()).toContain("unk__314");
  await page.getByLabel("Sizes that the model leaves open").fill("unk__314=1");
  await page.getByRole("button", { name: "Open with these sizes" }).click();
  const { workload } = readOnnx(readFileSync(model), { dims: { unk__314: 1 } });
  const rows = page.getByRole("region", { name: "Operators" }).locator("tbody tr");
  const all = workload.layers.length + (workload.dataMovement?.length ?? 0) + (workload.unmodelled?.length ?? 0);
  await expect.poll(() => rows.count()).toBe(all);
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(said).toEqual([]);
  await page.context().close();
});

test.each([
  ["broken.yaml", "layers: [", "line 1"],
  ["none.json", "{}", "no network"],
  ["broken.onnx", "this is no model", "broken.onnx"],
  ["broken.zip", "PK no zip", "unpacked"],
  ["result.json", "{}", "inputs.json"],
  [
    "markup.yaml",
    "name: <img src=x onerror=alert(1)>\nlayers:\n  - matmul: { name: <b>x</b>, m: 4, k: 4, n: 4 }\n",
    null,
  ],
])("%s does not break the page", async (name, text, said) => {
  const { page, said: complaints } = await studio.open();
  await page.getByLabel("Files to open").setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
  if (said !== null) await expect.poll(() => page.getByRole("alert").textContent()).toContain(said);
  else await expect.poll(() => page.locator("h2").textContent()).toBe("<img src=x onerror=alert(1)>");
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

// A few here; `LOOPNEST_FUZZ=2000 npm run fuzz:studio` for a campaign.
test("mutated files do not break the page", { timeout: 3_600_000 }, async () => {
  const campaigns = new URL("../../../../scripts/campaigns/", import.meta.url).href;
  const { mutate } = await import(/* @vite-ignore */ `${campaigns}mutate.mjs`);
  const { seededRandom } = await import(/* @vite-ignore */ `${campaigns}random.mjs`);
  const random = seededRandom(1);
  const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../../../${name}`, import.meta.url)), "latin1");
  const good = [
    ["small.yaml", read("apps/cli/test/fixtures/small.yaml")],
    ["vector-engine.yaml", read("examples/vector-engine.yaml")],
    ["case.json", read("apps/cli/test/fixtures/case.json")],
    ["keyword-spotter.onnx", read("examples/keyword-spotter.onnx")],
  ] as const;
  const { page, said } = await studio.open();
  const rooms = page.getByRole("navigation").getByRole("button");
  for (let i = 0; i < Number(process.env["LOOPNEST_FUZZ"] ?? 40); i++) {
    const [name, text] = good[i % good.length]!;
    const buffer = Buffer.from(mutate(text, random), "latin1");
    await page.getByLabel("Files to open").setInputFiles({ name, mimeType: "", buffer });
    await page.waitForTimeout(50);
    await rooms.nth(i % 5).click();
    await page.locator("main section").first().waitFor();
    expect(said, `case ${i}, ${name}: ${buffer.toString("latin1").slice(0, 300)}`).toEqual([]);
  }
  await page.context().close();
});
