import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mapping } from "@loopnest/mapspace";
import { quantity } from "@loopnest/report";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateSaved } from "./evaluate-saved.js";
import { shownMapping } from "./shown-mapping.js";
import { bin, type ServedStudio, serveStudio } from "./studio-page.js";

const scratch = mkdtempSync(join(tmpdir(), "loopnest-studio-"));
let studio: ServedStudio;
beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(async () => {
  await studio?.close();
  rmSync(scratch, { recursive: true, force: true });
});

test("the same seed finds the design of the command line, bit for bit, also when it was paused", async () => {
  const { page, said } = await studio.open();
  await page.getByLabel("Network", { exact: true }).selectOption("bert");
  await page.getByRole("button", { name: "Search", exact: true }).first().click();
  await page.getByLabel("Samples", { exact: true }).fill("6000");
  await page.getByLabel("Starts", { exact: true }).fill("3");
  await page.getByLabel("Seed", { exact: true }).fill("7");
  await page.locator("form").getByRole("button", { name: "Search" }).click();
  const status = page.getByRole("status");
  await page.getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => status.textContent()).toBe("paused");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => status.textContent(), { timeout: 100_000 }).toBe("finished");
  const value = Number(await page.locator("[data-value]").getAttribute("data-value"));

  const args = ["search", "bert", "--target", "gemmini", "--samples", "6000", "--starts", "3", "--seed", "7", "--json"];
  const result = JSON.parse(
    execFileSync(process.execPath, [bin, ...args, "-o", "run"], { cwd: scratch, encoding: "utf8" }),
  );
  expect(value).toBe(result.value);
  const tiles = await page
    .locator(".tiles div")
    .evaluateAll((found) =>
      found.map((tile) => [tile.querySelector("dt")!.textContent, tile.querySelector("dd")!.textContent]),
    );
  const sizes = Object.entries<number>(result.hardware).map(([name, size]) => [name, quantity(size)]);
  expect(tiles).toEqual(expect.arrayContaining(sizes));

  await page.getByRole("button", { name: "See its mappings" }).click();
  await page.locator(".nest").waitFor();
  const loops = ({ temporal, spatial }: Mapping[number]) => [temporal.map(([, factor]) => factor), spatial.length];
  const nest = await shownMapping(page);
  expect(nest.map(loops)).toEqual(result.layers[0].mapping.map(loops));

  // The whole design, figure by figure, as it is saved.
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  const saved = await evaluateSaved(page, join(scratch, "saved"));
  expect({ status: saved.status, stderr: saved.stderr }).toEqual({ status: 0, stderr: "" });
  const { hardware, totals, layers, samples, options, objective } = result;
  expect(saved.result).toMatchObject({ hardware, totals, layers, samples, options, objective });
  expect(said).toEqual([]);
  await page.context().close();
});

test("a search that is stopped leaves the best so far", async () => {
  const { page, said } = await studio.open();
  await page.getByRole("button", { name: "Search", exact: true }).first().click();
  await page.getByLabel("Samples", { exact: true }).fill("1000000");
  await page.locator("form").getByRole("button", { name: "Search" }).click();
  await page.locator("[data-value]").waitFor();
  await page.getByRole("button", { name: "Stop with the best so far" }).click();
  await expect.poll(() => page.getByRole("status").textContent(), { timeout: 20_000 }).toBe("stopped");
  expect(await page.getByRole("button", { name: "See its mappings" }).isVisible()).toBe(true);
  expect(said).toEqual([]);
  await page.context().close();
});

test("limits, and the smallest design within a share of the best, are those of the command line", async () => {
  const { page, said } = await studio.open("#view=search&network=bert&target=gemmini");
  await page.getByLabel("Samples", { exact: true }).fill("400");
  await page.getByLabel("Starts", { exact: true }).fill("1");
  await page.getByLabel("Energy at most, uJ").fill("nonsense");
  await page.locator("form").getByRole("button", { name: "Search" }).click();
  expect(await page.locator("form :invalid").count()).toBeGreaterThan(0);
  expect(await page.getByRole("status").count()).toBe(0);
  await page.getByLabel("Energy at most, uJ").fill("3200");
  await page.getByLabel("EDP at most").fill("9e9");
  await page.getByLabel("Smallest within so many %").fill("30");
  await page.locator("form").getByRole("button", { name: "Search" }).click();
  await expect.poll(() => page.getByRole("status").textContent(), { timeout: 50_000 }).toBe("finished");
  const value = Number(await page.locator("[data-value]").getAttribute("data-value"));
  const args = ["search", "bert", "--target", "gemmini", "--samples", "400", "--starts", "1", "--seed", "1"];
  const limits = ["--max-energy", "3200", "--max-edp", "9e9", "--within", "30%", "--json", "-o", "limited"];
  const found = JSON.parse(
    execFileSync(process.execPath, [bin, ...args, ...limits], { cwd: scratch, encoding: "utf8" }),
  );
  expect(found.within.share).toBe(0.3);
  expect(found.totals.energyUj).toBeLessThanOrEqual(3200);
  expect(value).toBe(found.value);
  await page.getByText("smallest within 30").waitFor();
  await page.getByRole("button", { name: "Compare designs" }).click();
  const { status, stderr } = await evaluateSaved(page, join(scratch, "saved"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(said).toEqual([]);
  await page.context().close();
});
