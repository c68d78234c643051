import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RunResult } from "@loopnest/report";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { bin } from "./studio-page.js";

/** What the program says of a run that was saved, and what the run says of itself. */
interface Saved extends Pick<SpawnSyncReturns<string>, "status" | "stdout" | "stderr"> {
  readonly result: RunResult;
}

/** Saves the first design that the page keeps, below a folder; what `loopnest evaluate --run` says of it. */
export async function evaluateSaved(page: Page, folder: string): Promise<Saved> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "save", exact: true }).first().click(),
  ]);
  const files = unzipSync(readFileSync((await download.path())!));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), strFromU8(bytes));
  }
  const run = join(folder, Object.keys(files)[0]!.split("/")[0]!);
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "evaluate", "--run", run], { encoding: "utf8" });
  return { status, stdout, stderr, result: JSON.parse(readFileSync(join(run, "result.json"), "utf8")) };
}
