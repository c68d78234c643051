import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "../loopnest.js";
import { inspectPage, openPage, startBrowser } from "./pages.js";

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
let browser: Browser;

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
  browser = await startBrowser();
}, 120_000);

afterAll(() => browser?.close());

const open = (file: string, width: number, scheme: "light" | "dark") =>
  openPage(browser, join(scratch, file), width, scheme);

// Phones, a tablet held upright, desks.
const views = Object.keys(pages).flatMap((file) =>
  [375, 720, 1280].flatMap((width) => (["light", "dark"] as const).map((scheme) => [file, width, scheme] as const)),
);

describe.each(views)("%s, %d pixels wide, %s", (file, width, scheme) => {
  test("shows every chart once, fits, is readable and says nothing on the console", async () => {
    const { page, said } = await open(file, width, scheme);
    const seen = await inspectPage(page, width);
    expect(said).toEqual([]);
    expect(seen.deadLinks).toEqual([]);
    expect(seen.charts).toBe(pages[file]! + seen.layers);
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
