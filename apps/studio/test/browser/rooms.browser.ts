import { readFileSync } from "node:fs";
import { builtInTarget, builtInWorkload, macs } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { readOnnx } from "@loopnest/onnx";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shownMapping } from "./shown-mapping.js";
import { type ServedStudio, serveStudio } from "./studio-page.js";

let studio: ServedStudio;
beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(() => studio?.close());

/** What a click gives to keep. */
async function saved(page: Page, name: string): Promise<{ file: string; bytes: Buffer }> {
  const button = page.getByRole("button", { name, exact: true }).first();
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { file: download.suggestedFilename(), bytes: readFileSync((await download.path())!) };
}

test("a model that is dropped is a table of its operators, and goes out as CSV", async () => {
  const { page, said } = await studio.open();
  await page.locator("table").first().waitFor();
  const model = readFileSync(new URL("../../../../examples/keyword-spotter.onnx", import.meta.url));
  const transfer = await page.evaluateHandle((text) => {
    const dropped = new DataTransfer();
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    dropped.items.add(new File([bytes], "keyword-spotter.onnx"));
    return dropped;
  }, model.toString("base64"));
  await page.dispatchEvent(".shell", "drop", { dataTransfer: transfer });
  await expect.poll(() => page.locator("h2").first().textContent()).toBe("keyword-spotter");
  const { workload } = readOnnx(model);
  const rows = (await saved(page, "CSV")).bytes.toString().trim().split("\n");
  for (const { problem, count } of workload.layers) {
    const row = rows.find((own) => own.startsWith(`${problem.name},`))!.split(",");
    expect(Number(row[4])).toBe(count * macs(problem));
  }
  expect(said).toEqual([]);
  await page.context().close();
});

test("the editor marks what is wrong where it stands, and the machine follows what is right", async () => {
  const { page, said } = await studio.open("#view=machine&network=resnet18&target=gemmini");
  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nnonsense: 1\n");
  await page.locator(".cm-lintRange-error, .cm-lintPoint-error").first().waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type("n");
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete").waitFor();
  expect(said).toEqual([]);
  await page.context().close();
});

test("the exact search ends with its bound at what it found", async () => {
  const { page, said } = await studio.open("#view=search&network=bert&target=gemmini&size.peDim=16");
  for (const name of ["peDim", "scratchpadKb", "accumulatorKb"])
    await page.getByLabel(new RegExp(`${name} = `)).check();
  await page.locator("form select").nth(1).selectOption("exact");
  await page.locator("form").getByRole("button", { name: "Search" }).click();
  await expect.poll(() => page.getByRole("status").textContent(), { timeout: 50_000 }).toBe("finished");
  await page.getByRole("img", { name: "Best value and proven bound over seconds" }).waitFor();
  await expect.poll(() => page.getByText("· none can be below").textContent()).toMatch(/, 0(\.0+)? % less/);
  await page.getByRole("button", { name: "Compare designs" }).click();
  const { file, bytes } = await saved(page, "CSV");
  expect(file).toMatch(/\.csv$/);
  expect(bytes.toString().trim().split("\n")).toHaveLength(1 + builtInWorkload("bert").layers.length);
  expect(said).toEqual([]);
  await page.context().close();
});

test("charts are saved as SVG and PNG", async () => {
  const { page, said } = await studio.open("#view=hardware&network=resnet18&target=gemmini");
  await page.locator(".chart-place svg").waitFor();
  const svg = await saved(page, "SVG");
  expect(svg.file).toMatch(/\.svg$/);
  expect(svg.bytes.toString()).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
  const png = await saved(page, "PNG");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(said).toEqual([]);
  await page.context().close();
});

test("in time, words come in as Timeloop counts them or as real buffers fetch them", async () => {
  const hash = "network=resnet50&target=gemmini&layer=2";
  const { page, said } = await studio.open(`#view=mapping&${hash}`);
  const mapping = await shownMapping(page);
  const target = builtInTarget("gemmini");
  const architecture = priceTarget(target, builtInEnergyTable(target.energyTable)).architecture({});
  const { levels } = evaluate(builtInWorkload("resnet50").layers[2]!.problem, architecture, mapping);
  await page.getByRole("button", { name: "Time", exact: true }).first().click();
  const inputs = page.locator(".tracks .level").nth(1).locator(".held").filter({ hasText: "Inputs" });
  const words = () => inputs.locator("[data-words]").getAttribute("data-words").then(Number);
  await page.getByRole("button", { name: "To the last step" }).click();
  const physical = await words();
  await page.getByLabel("Words that come in").selectOption("timeloop-2025");
  expect(await words()).toBe(levels["Scratchpad"]!.tensors["Inputs"]!.fills);
  expect(physical).toBeLessThanOrEqual(await words());
  expect(said).toEqual([]);
  await page.context().close();
});
