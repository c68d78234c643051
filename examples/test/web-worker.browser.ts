import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { builtInWorkload, gemmini } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { descent, runSearch } from "@loopnest/optimizers";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

const example = fileURLToPath(new URL("../web-worker", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "loopnest-page-"));
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };
let browser: Browser;
let server: Server;

/** The folder as any static server gives it. */
function serve(): Promise<Server> {
  const found = createServer((request, response) => {
    const path = normalize(new URL(request.url!, "http://localhost").pathname);
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    try {
      const content = readFileSync(join(folder, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((done) => found.listen(0, "127.0.0.1", () => done(found)));
}

beforeAll(async () => {
  // As the comment in page.ts says, with the packages as they are published.
  await build({
    entryPoints: ["page.ts", "search-worker.ts"].map((file) => join(example, file)),
    outdir: join(folder, "dist"),
    bundle: true,
    format: "esm",
  });
  copyFileSync(join(example, "index.html"), join(folder, "index.html"));
  server = await serve();
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the example of a web worker searches in a browser", async () => {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
  await page.waitForFunction("document.body.textContent.includes('done: EDP')");
  const lines = (await page.locator("body").textContent())!.trim().split("\n");
  expect(lines.filter((line) => /^\d+ samples, best EDP [\d.]+e\+\d+$/.test(line)).length).toBeGreaterThan(0);

  const { best } = await runSearch(
    descent,
    { model: analyticalModel(gemmini), workload: builtInWorkload("bert"), objective: { name: "edp" }, fixed: {} },
    { seed: 1, samples: 2000 },
  );
  const [, value, hardware] = /^done: EDP (\S+) on (.*)$/.exec(lines.at(-1)!)!;
  expect(Object.keys(JSON.parse(hardware!))).toEqual(Object.keys(best!.hardware));
  // Another version of the engine may round its logarithms otherwise, and so walk another way.
  expect(Number(value) / best!.value).toBeGreaterThan(0.95);
  expect(Number(value) / best!.value).toBeLessThan(1.05);
  expect(said).toEqual([]);
});
