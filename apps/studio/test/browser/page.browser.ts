import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedStudio, serveStudio } from "./studio-page.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let studio: ServedStudio;
beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(() => studio?.close());

const views = ["network", "machine", "mapping", "time", "search", "hardware", "compare"];

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each(views)(
    "%s has nothing that axe-core objects to, on a phone and on a desk, and says nothing",
    async (view) => {
      for (const width of [375, 1280]) {
        const options = { colorScheme, viewport: { width, height: 900 }, bypassCSP: true };
        const { page, said } = await studio.open(`#view=${view}&network=resnet18&target=gemmini&layer=2`, options);
        await page
          .locator(view === "machine" ? ".cm-content" : "main section")
          .first()
          .waitFor();
        if (view === "hardware") await page.locator(".chart-place svg").waitFor();
        await page.evaluate(axe);
        const found = await page.evaluate<string[]>(
          `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => id + ": " + target.join(" ") + " " + failureSummary)))`,
        );
        expect(found).toEqual([]);
        expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(said).toEqual([]);
        await page.context().close();
      }
    },
  );
});

test("the first load, the other rooms with it, is at most 350 kB, compressed", async () => {
  const { page } = await studio.open();
  await page.locator("table").waitFor();
  await page.waitForLoadState("networkidle");
  const urls = await page.evaluate<string[]>(
    `[location.href.split("#")[0], ...performance.getEntriesByType("resource").map(({ name }) => name)]`,
  );
  let bytes = 0;
  for (const url of urls) bytes += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
  expect(urls.length).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(350_000);
  await page.context().close();
});

test("the page allows no script of text, and no other origin", async () => {
  const { page } = await studio.open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toMatch(/https?:/);
  expect(await page.evaluate("fetch('http://127.0.0.2:9/').then(() => 'sent', () => 'refused')")).toBe("refused");
  await page.context().close();
});
