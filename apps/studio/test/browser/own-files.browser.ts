import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { evaluate, priceTarget, tableFromActions } from "@loopnest/model-analytical";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateSaved } from "./evaluate-saved.js";
import { shownMapping } from "./shown-mapping.js";
import { bin, type ServedStudio, serveStudio } from "./studio-page.js";

const scratch = mkdtempSync(join(tmpdir(), "loopnest-studio-"));
const energies = {
  name: "mine",
  levels: {
    DRAM: { energyPerVectorAccessPj: 6400, areaUm2: 0 },
    Scratchpad: { energyPerVectorAccessPj: 110, areaUm2: 4e5 },
    Accumulator: { energyPerVectorAccessPj: 2.4, areaUm2: 4000 },
    Registers: { energyPerVectorAccessPj: 0.5, areaUm2: 50 },
  },
  mac: { energyPj: 0.7, areaUm2: 900 },
};
let studio: ServedStudio;
beforeAll(async () => {
  writeFileSync(join(scratch, "mine.json"), JSON.stringify(energies));
  const args = ["map", "bert", "--target", "gemmini", "--method", "exact", "--uneven", "--energy-table", "mine.json"];
  execFileSync(process.execPath, [bin, ...args, "-o", "run"], { cwd: scratch, stdio: "ignore" });
  studio = await serveStudio();
});
afterAll(async () => {
  await studio?.close();
  rmSync(scratch, { recursive: true, force: true });
});

test("an uneven run by prices of one's own opens, can be edited, and is saved such that it reproduces", async () => {
  const { page, said } = await studio.open();
  const files = ["result.json", "inputs.json"].map((name) => [`run/${name}`, readFileSync(join(scratch, "run", name))]);
  const buffer = Buffer.from(zipSync(Object.fromEntries(files)));
  await page.getByLabel("Files to open").setInputFiles({ name: "run.zip", mimeType: "", buffer });
  await page.getByRole("region", { name: "Designs", exact: true }).waitFor();
  const { status, stderr } = await evaluateSaved(page, join(scratch, "saved"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });

  await page.getByRole("button", { name: "Mapping", exact: true }).click();
  const target = builtInTarget("gemmini");
  const architecture = priceTarget(target, tableFromActions(energies)).architecture({});
  const { problem } = builtInWorkload("bert").layers[0]!;
  const counts = async () => {
    const mapping = await shownMapping(page);
    const { levels } = evaluate(problem, architecture, mapping);
    const shown = await page
      .locator(".counts tr[data-level] data")
      .evaluateAll((all) => (all as HTMLDataElement[]).map(({ value }) => Number(value)));
    const wanted = Object.values(levels).flatMap(({ tensors }) =>
      Object.values(tensors).flatMap((own) => [own.reads, own.updates, own.fills, own.utilizedCapacity]),
    );
    expect(shown).toEqual(wanted);
    return mapping;
  };
  const opened = await counts();
  expect(opened.filter(({ level }) => level === "Scratchpad")).toHaveLength(2);
  await page.getByRole("button", { name: "Join with the next" }).click();
  expect(await counts()).toHaveLength(opened.length - 1);
  await page.keyboard.press("Control+z");
  expect(await counts()).toEqual(opened);
  await page.getByRole("button", { name: "Time", exact: true }).click();
  await expect.poll(() => page.locator(".tracks h3").allTextContents()).toContain("Scratchpad 2");
  await page.getByRole("button", { name: "Hardware", exact: true }).click();
  await page.locator(".chart-place svg").waitFor();
  await page.waitForTimeout(500);
  await page.reload();
  await page.getByRole("button", { name: "Mapping", exact: true }).click();
  expect(await counts()).toEqual(opened);
  expect(said).toEqual([]);
  await page.context().close();
});

test("prices are edited on the page, and a search by them is saved such that it reproduces", async () => {
  const { page, said } = await studio.open("#view=machine&network=bert&target=gemmini");
  await page.getByRole("button", { name: "Energy table" }).click();
  await page.getByRole("button", { name: "Edit these prices" }).click();
  const editor = page.getByLabel("Energy table as YAML");
  await editor.getByText("energyPj").waitFor();
  const { name: _, ...unnamed } = energies;
  await editor.fill(JSON.stringify({ ...unnamed, name: "typed" }));
  await expect.poll(() => page.locator(".machine").textContent()).toContain("0.7 pJ");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByLabel("Samples", { exact: true }).fill("60");
  await page.getByLabel("Starts", { exact: true }).fill("1");
  await page.locator("form").getByRole("button", { name: "Search" }).click();
  await expect.poll(() => page.getByRole("status").textContent(), { timeout: 50_000 }).toBe("finished");
  const value = Number(await page.locator("[data-value]").getAttribute("data-value"));
  const args = ["search", "bert", "--target", "gemmini", "--samples", "60", "--starts", "1", "--seed", "1", "--json"];
  const found = execFileSync(process.execPath, [bin, ...args, "--energy-table", "mine.json", "-o", "typed"], {
    cwd: scratch,
    encoding: "utf8",
  });
  expect(value).toBe(JSON.parse(found).value);
  await page.getByRole("button", { name: "Compare designs" }).click();
  const { status, stderr } = await evaluateSaved(page, join(scratch, "saved"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(said).toEqual([]);
  await page.context().close();
});

test("a target that names a file of prices is opened with it, and refused without", async () => {
  const { page, said } = await studio.open();
  const text = JSON.stringify({ ...builtInTarget("gemmini"), name: "own", energyTable: "mine.json" });
  const target = { name: "own.json", mimeType: "", buffer: Buffer.from(text) };
  const prices = { name: "mine.json", mimeType: "", buffer: Buffer.from(JSON.stringify(energies)) };
  await page.getByLabel("Files to open").setInputFiles([target]);
  await expect.poll(() => page.getByRole("alert").textContent()).toContain("mine.json");
  await page.getByLabel("Files to open").setInputFiles([target, prices]);
  await expect.poll(() => page.locator("h2").first().textContent()).toBe("own");
  await expect.poll(() => page.locator(".machine").textContent()).toContain("0.7 pJ");
  expect(await page.getByRole("alert").count()).toBe(0);
  const wrong = {
    name: "wrong.json",
    mimeType: "",
    buffer: Buffer.from('{"levels":{"Nowhere":{}},"mac":{"energyPj":1}}'),
  };
  await page.getByLabel("Files to open").setInputFiles([wrong]);
  await expect.poll(() => page.getByRole("alert").textContent()).toContain("wrong.json");
  expect(said).toEqual([]);
  await page.context().close();
});
