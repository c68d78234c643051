// The pictures of docs/studio.md and the README, from the built studio in Debian's Chromium: `npm run pictures`.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const bin = fileURLToPath(new URL("../cli/bin/loopnest.js", import.meta.url));
const folder = fileURLToPath(new URL("../../docs/img/", import.meta.url));
const layer = "network=resnet50&target=gemmini&layer=2";

/** By name: where it is taken, and what is done there first. */
const pictures = {
  network: ["view=network&network=mobilenet-v2&target=gemmini", (page) => page.locator("table").waitFor()],
  machine: ["view=machine&network=resnet50&target=eyeriss", (page) => page.locator(".cm-line").first().waitFor()],
  mapping: [`view=mapping&${layer}`, pickFactor],
  time: [
    `view=time&${layer}`,
    async (page) => {
      for (let i = 0; i < 9; i++) await page.getByRole("button", { name: "Step on" }).click();
    },
  ],
  search: ["view=search&network=bert&target=gemmini", (page) => search(page, "1")],
  hardware: [`view=hardware&${layer}&size.scratchpadKb=512`, (page) => page.locator(".chart-place svg").waitFor()],
  compare: [
    "view=search&network=bert&target=gemmini",
    async (page) => {
      await search(page, "1");
      await search(page, "2");
      await page.getByRole("button", { name: "Compare designs" }).click();
      await page.locator(".chart-place svg").first().waitFor();
    },
  ],
};

async function pickFactor(page) {
  await page.locator(".prime").nth(1).click();
  await page.locator(".moves button").first().waitFor();
}

async function search(page, seed) {
  await page.getByLabel("Samples", { exact: true }).fill("3000");
  await page.getByLabel("Starts", { exact: true }).fill("2");
  await page.getByLabel("Seed", { exact: true }).fill(seed);
  await page.getByRole("button", { name: "Search", exact: true }).last().click();
  await page.getByText("finished").waitFor({ timeout: 300_000 });
  await page.locator(".chart-place svg").first().waitFor();
}

const wanted = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "loopnest-pictures-"));
const server = spawn(process.execPath, [bin, "studio", "--no-open"], { cwd: scratch });
const url = await new Promise((found) => server.stdout.setEncoding("utf8").once("data", (text) => found(text.trim())));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
});
try {
  for (const [name, [state, prepare]] of Object.entries(pictures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await take(`studio-${name}`, state, prepare, "light");
    if (name === "mapping") await take("studio-mapping-dark", state, prepare, "dark");
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
  rmSync(scratch, { recursive: true, force: true });
}

/** WebP, which the driver's own screenshots cannot be: a third of the bytes. */
async function take(name, state, prepare, colorScheme) {
  const viewport = { width: 1200, height: 800 };
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1.5, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}#${state}`);
  await prepare(page);
  await page.evaluate("document.activeElement?.blur()");
  await page.waitForTimeout(600);
  const session = await context.newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  const bytes = Buffer.from(data, "base64");
  writeFileSync(join(folder, `${name}.webp`), bytes);
  console.log(`${name}.webp: ${Math.round(bytes.length / 1000)} kB`);
  await context.close();
}
