import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "../loopnest.js";

const scratch = scratchFolder();
const model = fileURLToPath(new URL("../../../../packages/onnx/fixtures/pp-ocr-v4-rec.onnx", import.meta.url));
const dims = ["--dim", "p2o.DynamicDimension.0=1", "--dim", "p2o.DynamicDimension.1=320"];

/** Pages, and charts of whole runs and of comparisons on them. */
const pages: Readonly<Record<string, number>> = {
  "one.html": 6,
  "two.html": 3 + 2 * 6,
  "three.html": 3 + 3 * 6,
  "compared/compare.html": 3,
};
const inspection = readFileSync(new URL("inspect-page.js", import.meta.url), "utf8");
let browser: Browser;

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
  readonly deadLinks: readonly string[];
}

beforeAll(async () => {
  const search = ["--samples", "60", "--starts", "1"];
  const commands = [
    ["search", fixture("small.yaml"), ...search, "-o", "small"],
    ["search", "resnet50", ...search, "-o", "resnet50"],
    ["report", "resnet50", "-o", "one.html"],
    ["search", model, ...dims, ...search, "-o", "onnx"],
    ["map", "resnet50", "--target", "eyeriss", ...search, "-o", "eyeriss"],
    ["report", "small", "resnet50", "-o", "two.html"],
    ["report", "resnet50", "eyeriss", "onnx", "-o", "three.html"],
    [
      ...["compare", fixture("small.yaml"), "bert", "--seeds", "2", "--samples", "60", "--exact-limit", "1"],
      ...["--fixed", "gemmini,nvdla-large", "-o", "compared"],
    ],
  ];
  for (const args of commands) {
    const { status, stderr } = await loopnest(args, { cwd: scratch });
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  }
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}, 120_000);

afterAll(() => browser?.close());

/** Opens a page as a reader does who is not on the network; `said` gathers whatever it complains of. */
async function open(
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
  await page.goto(pathToFileURL(join(scratch, file)).href);
  return { page, said };
}

// Phones, a tablet held upright, desks.
const views = Object.keys(pages).flatMap((file) =>
  [375, 720, 1280].flatMap((width) => (["light", "dark"] as const).map((scheme) => [file, width, scheme] as const)),
);

describe.each(views)("%s, %d pixels wide, %s", (file, width, scheme) => {
  test("shows every chart once, fits, is readable and says nothing on the console", async () => {
    const { page, said } = await open(file, width, scheme);
    // Folded layers count as well.
    await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
    const seen = await page.evaluate<Inspection>(inspection);
    expect(said).toEqual([]);
    expect(seen.pageWidth).toBeLessThanOrEqual(width);
    expect(seen.figuresWithoutOneChart).toEqual([]);
    expect(seen.overflowing).toEqual([]);
    expect(seen.cutOff).toEqual([]);
    expect(seen.tooSmall).toEqual([]);
    expect(seen.faint).toEqual([]);
    expect(seen.charts).toBe(pages[file]! + seen.layers);
    expect(seen.deadLinks).toEqual([]);
    expect(seen.marks).toBeGreaterThan(20);
    await page.context().close();
  });
});

test("the page follows the system's colours", async () => {
  const background = async (scheme: "light" | "dark") => {
    const { page } = await open("one.html", 1280, scheme);
    const color = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await page.context().close();
    return color;
  };
  expect(await background("light")).toBe("rgb(255, 255, 255)");
  expect(await background("dark")).toBe("rgb(22, 22, 22)");
});
