import { builtInWorkload, macs, workloadMacs } from "@loopnest/mapspace";
import { quantity } from "@loopnest/report";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedStudio, serveStudio } from "./studio-page.js";

let studio: ServedStudio;
beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(() => studio?.close());

test("a built-in network is a table that can be sorted and searched", async () => {
  const { page, said } = await studio.open();
  await page.getByLabel("Network", { exact: true }).selectOption("mobilenet-v2");
  const workload = builtInWorkload("mobilenet-v2");
  const table = page.getByRole("region", { name: "Operators" });
  await expect.poll(() => table.locator("tbody tr").count()).toBe(workload.layers.length);
  const total = await table.locator("tfoot tr td").nth(3).textContent();
  expect(total).toBe(quantity(workloadMacs(workload)));

  await table.getByRole("button", { name: "MACs", exact: true }).click();
  const most = [...workload.layers].sort((a, b) => b.count * macs(b.problem) - a.count * macs(a.problem))[0]!;
  expect(await table.locator("tbody tr th").first().textContent()).toBe(most.problem.name);

  await page.getByLabel("Search operators").fill("depthwise");
  const depthwise = workload.layers.filter(({ problem }) => (problem.dims["G"] ?? 1) > 1).length;
  await expect.poll(() => table.locator("tbody tr").count()).toBe(depthwise);
  expect(said).toEqual([]);
  await page.context().close();
});

test("another path than the token's, and another host, get nothing", async () => {
  const { origin } = new URL(studio.url);
  expect((await fetch(studio.url)).status).toBe(200);
  expect((await fetch(`${origin}/`)).status).toBe(404);
  expect((await fetch(`${origin}/${"0".repeat(32)}/index.html`)).status).toBe(404);
  expect((await fetch(`${studio.url}../../package.json`)).status).toBe(404);
  expect((await fetch(studio.url.replace("127.0.0.1", "localhost")).catch(() => null))?.status ?? 404).toBe(404);
});
