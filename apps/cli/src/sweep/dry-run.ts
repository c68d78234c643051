import { availableParallelism } from "node:os";
import { runSearch } from "@loopnest/optimizers";
import { duration, whole } from "@loopnest/report";
import type { Contents } from "../jobs/contents.js";
import { textHash } from "../jobs/contents.js";
import { jobKey, jobRecord } from "../jobs/job-record.js";
import { searchMethod } from "../plan/methods.js";
import type { SearchInputs, SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { plannedPoints } from "./plan-points.js";
import type { StudyFile } from "./study-file.js";

/** Milliseconds that one kind of search is tried for, and kinds that are tried at most. */
const TRY_MS = 300;
const MOST_KINDS = 12;

/** Searches that take alike: one network on one target by one method. */
interface Kind {
  readonly plan: SearchPlan;
  searches: number;
  /** Evaluations of the network, of all of them. */
  samples: number;
}

/**
 * `loopnest sweep --dry-run`: says how many searches a study has and how long they may take, from a short try of every
 * kind.
 */
export async function dryRun(file: StudyFile, given: OutputForm & { readonly workers?: number }): Promise<void> {
  const kinds = new Map<string, Kind>();
  const keys = new Set<string>();
  const kept = new WeakMap<SearchInputs, Awaited<ReturnType<typeof jobRecord>>["inputs"]>();
  let points = 0;
  for await (const { plan } of plannedPoints(file)) {
    points++;
    const record = await jobRecord({ plan, wants: "figures" }, NOWHERE, kept);
    const key = jobKey(record);
    if (keys.has(key)) continue;
    keys.add(key);
    const { workload, target } = record.inputs;
    const id = `${workload} ${target} ${plan.method}`;
    const kind = kinds.get(id) ?? { plan, searches: 0, samples: 0 };
    kind.searches++;
    kind.samples += plan.options.samples;
    kinds.set(id, kind);
  }
  const workers = given.workers ?? availableParallelism();
  const seconds = await secondsOf([...kinds.values()]);
  const document = {
    ...{ name: file.name, points, searches: keys.size, repeated: points - keys.size, workers },
    secondsOnOneThread: seconds,
    seconds: seconds === null ? null : seconds / workers,
  };
  const time = seconds === null ? "how long an exact search takes is not known before" : timeText(seconds, workers);
  const repeated = points > keys.size ? ` (${whole(points - keys.size)} points repeat others)` : "";
  printData(given, {
    document: () => document,
    lines: () => [document],
    text: () => `${whole(keys.size)} searches${repeated}; ${time}\n`,
  });
}

function timeText(seconds: number, workers: number): string {
  return `about ${duration(seconds)} on one thread, ${duration(seconds / workers)} on ${workers}`;
}

/** Seconds of all searches on one thread; `null` if some are not bounded by samples. */
async function secondsOf(kinds: readonly Kind[]): Promise<number | null> {
  if (kinds.some(({ plan }) => plan.method === "exact")) return null;
  const tried = kinds.filter((_, i) => i % Math.ceil(kinds.length / MOST_KINDS) === 0);
  let [seconds, samples] = [0, 0];
  for (const kind of tried) {
    seconds += (await secondsPerSample(kind.plan)) * kind.samples;
    samples += kind.samples;
  }
  // Kinds that were not tried take as long as those that were, on the average.
  const all = kinds.reduce((sum, kind) => sum + kind.samples, 0);
  return samples === 0 ? 0 : (seconds * all) / samples;
}

async function secondsPerSample(plan: SearchPlan): Promise<number> {
  const [method, task] = await Promise.all([searchMethod(plan.method), searchTask(plan)]);
  const signal = AbortSignal.timeout(TRY_MS);
  const result = await runSearch(method, task, plan.options, { signal });
  return result.seconds / Math.max(1, result.samples);
}

/** Contents that are only named. */
const NOWHERE: Contents = {
  put: async (text) => textHash(text),
  get: async () => "",
};
