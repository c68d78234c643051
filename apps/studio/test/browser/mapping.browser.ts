import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { writeMapping } from "@loopnest/timeloop";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shownMapping } from "./shown-mapping.js";
import { bin, type ServedStudio, serveStudio } from "./studio-page.js";

const scratch = mkdtempSync(join(tmpdir(), "loopnest-studio-"));
let studio: ServedStudio;
beforeAll(async () => {
  studio = await serveStudio();
});
afterAll(async () => {
  await studio?.close();
  rmSync(scratch, { recursive: true, force: true });
});

const target = builtInTarget("gemmini");
const architecture = priceTarget(target, builtInEnergyTable(target.energyTable)).architecture({});
const { problem } = builtInWorkload("resnet50").layers[2]!;

/** Every count on the page, against the exact model on the nest on the page. */
async function expectCounts(page: Page): Promise<void> {
  const { levels } = evaluate(problem, architecture, await shownMapping(page));
  const wanted = Object.entries(levels).flatMap(([level, { tensors }]) =>
    Object.entries(tensors).map(([tensor, { reads, updates, fills, utilizedCapacity }]) =>
      [level, tensor, reads, updates, fills, utilizedCapacity].join(" "),
    ),
  );
  const shown = await page
    .locator(".counts tr[data-level]")
    .evaluateAll((rows) =>
      (rows as HTMLElement[]).map((row) =>
        [
          row.dataset["level"],
          row.dataset["tensor"],
          ...[...row.querySelectorAll("data")].map(({ value }) => value),
        ].join(" "),
      ),
    );
  expect(shown).toEqual(wanted);
}

test("a factor that moves takes every count with it; undo brings them back", async () => {
  const { page, said } = await studio.open();
  await page.getByRole("button", { name: problem.name, exact: true }).click();
  await expectCounts(page);
  const before = await shownMapping(page);

  // The first prime that fits somewhere else.
  const way = page.locator(".moves button", { hasText: "EDP" }).first();
  for (const prime of await page.locator(".prime").all()) {
    await prime.click();
    if (await way.isVisible()) break;
  }
  await way.click();
  expect(await shownMapping(page)).not.toEqual(before);
  await expectCounts(page);

  await page
    .getByRole("button", { name: /outwards$/ })
    .and(page.locator(":enabled"))
    .first()
    .click();
  await expectCounts(page);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  expect(await shownMapping(page)).toEqual(before);
  await expectCounts(page);
  expect(said).toEqual([]);
  await page.context().close();
});

test("a case that is saved has, by the program, the counts on the page", async () => {
  const { page, said } = await studio.open("#view=mapping&network=resnet50&target=gemmini&layer=2");
  await page.locator(".keeps button").nth(3).click();
  await page.getByText("In and out").click();
  const kept = async (name: string) => {
    const button = page.getByRole("button", { name, exact: true });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    return (await download.path())!;
  };
  const file = join(scratch, "case.yaml");
  copyFileSync(await kept("Save as a case"), file);
  const told = execFileSync(process.execPath, [bin, "evaluate", "--case", file, "--json"], { encoding: "utf8" });
  const { levels } = JSON.parse(told);
  const [head, ...rows] = readFileSync(await kept("CSV"), "utf8")
    .trim()
    .split("\n");
  expect(head).toBe("level,tensor,reads,updates,fills,utilizedCapacity,energyPj,cyclesOfLevel");
  expect(Object.keys(levels).join()).toBe([...new Set(rows.map((row) => row.split(",")[0]))].slice(0, -1).join());
  for (const row of rows.slice(0, -1)) {
    const [level, tensor, ...counts] = row.split(",");
    const { reads, updates, fills, utilizedCapacity, energyPj } = levels[level!][tensor!];
    expect(counts.slice(0, 5).map(Number)).toEqual([reads, updates, fills, utilizedCapacity, energyPj]);
  }
  expect(rows.length).toBeGreaterThan(6);
  expect(said).toEqual([]);
  await page.context().close();
});

test("what does not fit says by how much, and the nearest that fits is a click away", async () => {
  const { page, said } = await studio.open();
  await page.getByRole("button", { name: problem.name, exact: true }).click();
  // Everything of K on the columns: more than there are.
  await page.getByLabel("Factor of K at Scratchpad, columns").fill("64");
  await page.keyboard.press("Enter");
  const note = page.getByRole("alert", { name: "Does not fit" });
  await expect.poll(() => note.textContent()).toContain("64");
  await note.getByRole("button", { name: "Take the nearest that fits" }).click();
  await expect.poll(() => note.count()).toBe(0);
  await expectCounts(page);
  expect(said).toEqual([]);
  await page.context().close();
});

test("a pinned mapping shows what changed, count by count", async () => {
  const { page, said } = await studio.open();
  await page.getByRole("button", { name: problem.name, exact: true }).click();
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  expect(await page.locator(".change").count()).toBe(0);
  await page.getByRole("button", { name: "Weights", exact: true }).nth(1).click();
  await expectCounts(page);
  expect(await page.locator(".counts .change").count()).toBeGreaterThan(0);
  expect(said).toEqual([]);
  await page.context().close();
});

test("nothing is lost by a reload, and a link leads to what it shares", async () => {
  const { page, said } = await studio.open("#view=mapping&network=resnet18&target=eyeriss&layer=3");
  await page.locator(".keeps button").nth(3).click();
  await page.locator(".nest").waitFor();
  const nest = await shownMapping(page);
  await expect.poll(() => page.url()).toContain("map=");
  const shared = new URL(page.url()).hash;
  // A moment for the browser to have written it.
  await page.waitForTimeout(500);
  await page.reload();
  await page.locator(".nest").waitFor();
  expect(await shownMapping(page)).toEqual(nest);
  expect(await page.getByRole("button", { name: "Undo" }).isEnabled()).toBe(true);

  const other = await studio.open(shared);
  await other.page.locator(".nest").waitFor();
  expect(await shownMapping(other.page)).toEqual(nest);
  expect([...said, ...other.said]).toEqual([]);
  await other.page.context().close();
  await page.context().close();
});

test("a Timeloop mapping can be pasted, and is refused at its line where it is wrong", async () => {
  const { page, said } = await studio.open("#view=mapping&network=resnet50&target=gemmini&layer=2");
  const mapping = await shownMapping(page);
  const text = writeMapping(mapping, architecture, problem);
  await page.locator(".keeps button").nth(3).click();
  expect(await shownMapping(page)).not.toEqual(mapping);
  await page.getByText("In and out").click();
  await page.getByLabel("Timeloop mapping").fill(text);
  await page.getByRole("button", { name: "Use this mapping" }).click();
  await expect.poll(() => shownMapping(page)).toEqual(mapping);
  await expectCounts(page);

  await page.getByLabel("Timeloop mapping").fill("mapping:\n  - target: Nowhere\n    type: temporal\n");
  await page.getByRole("button", { name: "Use this mapping" }).click();
  await expect.poll(() => page.getByRole("alert").textContent()).toContain("line 2");
  expect(said).toEqual([]);
  await page.context().close();
});
