import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

/** What `inspect-page.js` finds; lists name the charts, or the texts, that are not as they should be. */
interface Inspection {
  readonly pageWidth: number;
  readonly charts: number;
  readonly layers: number;
  readonly marks: number;
  readonly figuresWithoutOneChart: readonly string[];
  readonly overflowing: readonly string[];
  readonly cutOff: readonly string[];
  readonly tooSmall: readonly string[];
  readonly faint: readonly string[];
  /** Links that lead to no place on the page. */
  readonly deadLinks: readonly string[];
}

const inspection = readFileSync(new URL("inspect-page.js", import.meta.url), "utf8");

/** Chromium, of Debian, without a window. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** Opens a page as a reader does who is not on the network; `said` gathers whatever it complains of. */
export async function openPage(
  browser: Browser,
  file: string,
  width: number,
  colorScheme: "light" | "dark",
): Promise<{ page: Page; said: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().endsWith(file)) said.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  return { page, said };
}

/** Expects that a page shows every chart once, fits and is readable. */
export async function inspectPage(page: Page, width: number): Promise<Inspection> {
  // Folded layers count as well.
  await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
  const seen = await page.evaluate<Inspection>(inspection);
  expect(seen.pageWidth).toBeLessThanOrEqual(width);
  expect(seen.figuresWithoutOneChart).toEqual([]);
  expect(seen.overflowing).toEqual([]);
  expect(seen.cutOff).toEqual([]);
  expect(seen.tooSmall).toEqual([]);
  expect(seen.faint).toEqual([]);
  expect(seen.marks).toBeGreaterThan(20);
  return seen;
}
