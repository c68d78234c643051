import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./timing.js";

const bin = fileURLToPath(new URL("../../apps/cli/bin/loopnest.js", import.meta.url));

/** Lets a Node program say, when it ends, how many microseconds of processor time it took. */
const TELL_CPU = `data:text/javascript,process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write("cpu " + (user + system));
});`.replaceAll("\n", " ");

/** Milliseconds that a Node program takes: by the clock from start to end, and of the processor (all threads). */
export interface Times {
  readonly clockMs: number;
  readonly cpuMs: number;
}

function run(args: readonly string[]): Times {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", TELL_CPU, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  return { clockMs: performance.now() - begin, cpuMs: Number(/cpu (\d+)$/.exec(stderr)![1]) / 1000 };
}

/** Medians of `loopnest --version`, and of a Node that does nothing, started in turns. */
export function startUp(repetitions = 31): { readonly loopnest: Times; readonly node: Times } {
  const times = { loopnest: [] as Times[], node: [] as Times[] };
  for (let i = 0; i < repetitions; i++) {
    times.loopnest.push(run([bin, "--version"]));
    times.node.push(run(["-e", "0"]));
  }
  return { loopnest: medians(times.loopnest), node: medians(times.node) };
}

function medians(times: readonly Times[]): Times {
  return { clockMs: median(times.map(({ clockMs }) => clockMs)), cpuMs: median(times.map(({ cpuMs }) => cpuMs)) };
}

/** A whole search as a user runs it. */
export interface WholeSearch {
  /** Medians over the seeds. */
  readonly times: Times;
  readonly samples: number;
  /** Of every seed. */
  readonly edps: readonly number[];
}

/** `loopnest search resnet50`, once for every seed, with one thread per core. */
export function wholeSearch(seeds: readonly number[]): WholeSearch {
  const folder = mkdtempSync(join(tmpdir(), "loopnest-bench-"));
  try {
    const runs = seeds.map((seed) => {
      const dir = join(folder, String(seed));
      const times = run([bin, "search", "resnet50", "--target", "gemmini", "--seed", String(seed), "-o", dir]);
      const { samples, totals } = JSON.parse(readFileSync(join(dir, "result.json"), "utf8"));
      return { times, samples: samples as number, edp: totals.edp as number };
    });
    return {
      times: medians(runs.map(({ times }) => times)),
      samples: median(runs.map(({ samples }) => samples)),
      edps: runs.map(({ edp }) => edp),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
