import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const bin = fileURLToPath(new URL("../../../cli/bin/loopnest.js", import.meta.url));

/** The page as `loopnest studio` serves it, in Chromium. */
export interface ServedStudio {
  readonly url: string;
  /** Opens it; `said` gathers what it complains of, and whom else it asks. */
  open(hash?: string, options?: BrowserContextOptions): Promise<{ page: Page; said: string[] }>;
  close(): Promise<void>;
}

/** Starts the program with what it is to open. */
export async function serveStudio(files: readonly string[] = [], cwd?: string): Promise<ServedStudio> {
  const child = spawn(process.execPath, [bin, "studio", "--no-open", ...files], { cwd });
  const url = await firstLine(child);
  const browser: Browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  return {
    url,
    async open(hash = "", options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) said.push(`asked ${request.url()}`);
      });
      await page.goto(url + hash);
      return { page, said };
    },
    async close() {
      await browser.close();
      const ended = new Promise((end) => child.once("close", end));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The address that the program prints. */
function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((found, fail) => {
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdout.setEncoding("utf8").once("data", (text: string) => found(text.trim()));
    child.once("close", (status) => fail(new Error(`loopnest studio ended with ${status}: ${errors}`)));
  });
}
