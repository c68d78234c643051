import { readFile } from "node:fs/promises";
import { duration, whole } from "@loopnest/report";
import { pathWithin } from "../files/own-folder.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { readLedger } from "./commits.js";
import { manifestKeys } from "./manifest.js";
import { SWEEP_FILES } from "./sweep-files.js";
import { readSweep } from "./sweep-folder.js";
import type { SweepProgressData } from "./sweep-progress.js";

/** A state of `progress.json` counts so long, in milliseconds: it is written every two seconds. */
const FRESH_MS = 15_000;

/**
 * `loopnest sweep status`: how the sweep of a folder goes, without disturbing it.
 *
 * @throws LoopnestError `input` if the folder holds none.
 */
export async function sweepStatus(dir: string, form: OutputForm): Promise<void> {
  const sweep = await readSweep(dir);
  const live = await liveProgress(dir);
  const { done, failed, left } = live ?? (await readLedger(dir, await manifestKeys(dir, sweep.manifest)));
  const state = left === 0 ? "finished" : live === null ? "stopped" : "running";
  const document = {
    ...{ folder: dir, name: sweep.name, state, points: sweep.points, done, failed, left },
    ...{ running: live?.running ?? 0, jobsPerSecond: live?.jobsPerSecond ?? null },
    ...{ secondsLeft: live?.secondsLeft ?? null, workers: live?.workers ?? [] },
  };
  printData(form, {
    document: () => document,
    lines: () => [document],
    text: () => {
      const parts = [
        `${sweep.name}: ${state}`,
        `${whole(done)} of ${whole(sweep.points)} searches done`,
        `${whole(failed)} failed`,
        `${whole(left)} left`,
      ];
      if (live !== null) parts.push(`${live.running} running`, `${(live.jobsPerSecond ?? 0).toPrecision(3)} a second`);
      if (live?.secondsLeft != null) parts.push(`${duration(live.secondsLeft)} left`);
      const workers = (live?.workers ?? []).map(({ name, doing }) => `  ${name}: ${doing.join("; ") || "idle"}\n`);
      return `${parts.join(", ")}\n${workers.join("")}`;
    },
  });
}

async function liveProgress(dir: string): Promise<SweepProgressData | null> {
  try {
    const file = await pathWithin(dir, SWEEP_FILES.progress);
    const data = JSON.parse(await readFile(file, "utf8")) as SweepProgressData;
    return Date.now() - Date.parse(data.at) < FRESH_MS && data.left > 0 ? data : null;
  } catch {
    return null;
  }
}
