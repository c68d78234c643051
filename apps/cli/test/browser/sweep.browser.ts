import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "../loopnest.js";
import { inspectPage, openPage, startBrowser } from "./pages.js";

const scratch = scratchFolder();
const file = join(scratch, "swept", "sweep.html");
let browser: Browser;

beforeAll(async () => {
  const text = `axes: { workload: [${fixture("small.yaml")}], target: [gemmini, eyeriss], seed: { from: 1, to: 15 } }
options: { method: random, samples: 20 }\nkeep: runs\n`;
  writeFileSync(join(scratch, "study.yaml"), text);
  const { status } = await loopnest(["sweep", "study.yaml", "-o", "swept"], { cwd: scratch });
  expect(status).toBe(0);
  browser = await startBrowser();
}, 120_000);

afterAll(() => browser?.close());

const views = [375, 720, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((scheme) => [width, scheme] as const),
);

describe.each(views)("the page of a sweep, %d pixels wide, %s", (width, scheme) => {
  test("fits, is readable and says nothing on the console", async () => {
    const { page, said } = await openPage(browser, file, width, scheme);
    const { charts, deadLinks } = await inspectPage(page, width);
    expect(said).toEqual([]);
    // One of the charts of two figures, and the parallel axes.
    expect(charts).toBe(2);
    for (const link of deadLinks) expect(existsSync(join(scratch, "swept", link))).toBe(true);
    await page.context().close();
  });
});

test("a target that is not chosen leaves the table of the best and all charts", async () => {
  const { page } = await openPage(browser, file, 1280, "light");
  const targets = (own: Page) =>
    own.evaluate<string[]>(
      '[...document.querySelectorAll("tbody tr")].filter((row) => row.offsetParent)' +
        ".map((row) => row.cells[1].innerText)",
    );
  const marks = (own: Page) =>
    own.evaluate<number>(
      '[...document.querySelectorAll("svg g.target-0")].filter((g) => g.getClientRects().length).length',
    );
  expect((await targets(page)).sort()).toEqual(["eyeriss", "gemmini"]);
  expect(await marks(page)).toBeGreaterThan(0);
  await page.uncheck("#target-0");
  expect(await targets(page)).toEqual(["eyeriss"]);
  expect(await marks(page)).toBe(0);
  await page.context().close();
});

test("points of a front lead to run folders", async () => {
  const { page } = await openPage(browser, file, 1280, "light");
  await page.locator("section.pair-0 svg a").first().click();
  expect(page.url()).toMatch(/swept\/runs\/\d{6}\/report\.html$/);
  await page.context().close();
});
