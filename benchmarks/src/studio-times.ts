import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { median } from "./timing.js";

const bin = fileURLToPath(new URL("../../apps/cli/bin/loopnest.js", import.meta.url));
/** The convolution of most multiply-accumulates among the built-in networks, on the target of most levels. */
const LARGEST = "#view=mapping&network=retinanet-resnet50-fpn&target=simba&layer=28";

/** The studio in Debian's Chromium; milliseconds. */
export interface StudioTimes {
  /** From a moved factor to the next picture with all counts, medians of moves there and back. */
  readonly frameMs: number;
  /** What the page's thread works for one of them. */
  readonly frameCpuMs: number;
  /** From the start of loading to a table that answers, the processor slowed down four times. */
  readonly interactiveMs: number;
}

/** Measures the built studio; `null` where there is no Chromium. */
export async function studioTimes(moves = 30): Promise<StudioTimes | null> {
  const browser = await chromium
    .launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] })
    .catch(() => null);
  if (browser === null) return null;
  const server = spawn(process.execPath, [bin, "studio", "--no-open"]);
  try {
    const url = await new Promise<string>((found) =>
      server.stdout.setEncoding("utf8").once("data", (text: string) => found(text.trim())),
    );
    const page = await browser.newPage();
    await page.goto(url + LARGEST);
    await page.locator(".loop input").first().waitFor();
    const frame = await frameTime(page, moves);
    const slow = await browser.newContext();
    return { ...frame, interactiveMs: await interactiveTime(await slow.newPage(), url) };
  } finally {
    server.kill("SIGTERM");
    await browser.close();
  }
}

/** A factor is moved, then undone and done again: the whole page's work between two pictures. */
async function frameTime(page: Page, moves: number): Promise<Pick<StudioTimes, "frameMs" | "frameCpuMs">> {
  await page.locator(".prime").first().click();
  await page.locator(".moves button").first().click();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")!.value;
  const before = await worked();
  // As a text: what runs in the page is no code of this program.
  const times = await page.evaluate<number[]>(`(async () => {
    const button = (name) => [...document.querySelectorAll("button")].find((own) => own.textContent.trim() === name);
    const picture = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const found = [];
    for (let i = 0; i < ${moves}; i++) {
      await picture();
      const begin = performance.now();
      button(i % 2 === 0 ? "Undo" : "Redo").click();
      await picture();
      found.push(performance.now() - begin);
    }
    return found;
  })()`);
  return { frameMs: median(times), frameCpuMs: (1000 * ((await worked()) - before)) / moves };
}

/** The table of the first screen has come, and the page takes a task. */
async function interactiveTime(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(url, { waitUntil: "commit" });
  await page.locator("table tbody tr").first().waitFor();
  return page.evaluate<number>("new Promise((done) => setTimeout(() => done(performance.now())))");
}
