import { join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import type { Comparison } from "@loopnest/report";
import { comparisonTable, fileName } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { fingerprint } from "../files/fingerprint.js";
import { holdFolder } from "../files/hold-folder.js";
import type { JobOutcome } from "../jobs/job.js";
import { openHands } from "../queue/hands.js";
import { watchInterruption } from "../terminal/interruption.js";
import { jsonLines, jsonText } from "../terminal/print-data.js";
import { shellWord } from "../terminal/shell-word.js";
import { textStyle } from "../terminal/text-style.js";
import { claimCompareFolder, isComparisonFile, isProved, readComparePlan, takeInventory } from "./compare-folder.js";
import type { CompareOptions } from "./compare-options.js";
import type { ComparePlan } from "./compare-plan.js";
import { compareProgress, runName } from "./compare-progress.js";
import { comparison } from "./comparison.js";
import { keptRun, unsupportedRun } from "./kept-run.js";
import { type KeptRun, writeKeptRun } from "./kept-run-file.js";
import { makeComparePlan } from "./make-compare-plan.js";
import { insteadOfExact, type PlannedRun } from "./planned-run.js";
import { comparisonDocument, writeComparison } from "./write-comparison.js";

/**
 * `loopnest compare`: runs every method with every seed on every network, keeps each run as it ends, and sets them side
 * by side.
 *
 * @param workloads Names or files, one at least.
 * @throws LoopnestError for bad input or a damaged folder; Failure if it was interrupted, or runs failed.
 */
export async function compare(workloads: readonly string[], given: CompareOptions): Promise<void> {
  const plan = await makeComparePlan(workloads, given);
  const dir = given.output ?? defaultFolder(plan);
  await holdFolder(dir, isComparisonFile, async () => {
    await claimCompareFolder(dir, plan, given.force === true);
    await runAndTell(dir, plan, given);
  });
}

/**
 * `loopnest compare --resume`: goes on with a comparison that was interrupted in any way.
 *
 * @throws LoopnestError `input` if the folder holds none, or a damaged one; otherwise as `compare`.
 */
export async function resumeCompare(dir: string, given: Tell): Promise<void> {
  const plan = await readComparePlan(dir);
  await holdFolder(dir, isComparisonFile, () => runAndTell(dir, plan, given));
}

/** What `--resume` leaves to choose. */
type Tell = Pick<CompareOptions, "workers" | "queue" | "json" | "jsonl" | "force">;

async function runAndTell(dir: string, plan: ComparePlan, given: Tell): Promise<void> {
  const { finished, missing } = await takeInventory(dir, plan, given.force === true);
  const kept: KeptRun[] = [...finished.values()];
  if (kept.length > 0) process.stderr.write(`${dir} has ${kept.length} finished runs, which are not run again\n`);
  const failures: string[] = [];
  const hands = await openHands(given, { id: fingerprint(plan).slice(0, 32), name: "comparison", dir });
  const progress = compareProgress(missing.length, kept.length);
  const interruption = watchInterruption(() => progress.end());
  let left = missing.length;
  const onEnd = async (run: PlannedRun, outcome: JobOutcome): Promise<readonly PlannedRun[]> => {
    if (outcome === null) return [];
    left--;
    const ended = ofOutcome(plan, run, outcome);
    if ("failure" in ended) {
      failures.push(`${runName(run)}: ${ended.failure}`);
      progress.ended(run, 0);
      return [];
    }
    await writeKeptRun(dir, run, ended.run);
    kept.push(ended.run);
    if (given.jsonl) process.stdout.write(jsonLines([{ event: "run", file: run.file, ...brief(ended.run) }]));
    const known = new Set([...finished.keys()].map(({ file }) => file));
    const more = isProved(ended.run) ? [] : insteadOfExact(plan, run).filter(({ file }) => !known.has(file));
    left += more.length;
    progress.ended(run, more.length);
    return more;
  };
  try {
    await hands.run(missing, {
      signal: interruption.signal,
      limit: ({ method }) => (method === "exact" ? plan.exactLimit : undefined),
      onProgress: (run, { samples, budget }) => progress.running(run, budget === null ? null : samples / budget),
      onEnd,
    });
  } finally {
    await hands.close();
    interruption.release();
    progress.end();
  }
  const inOrder = sorted(plan, kept);
  const compared = comparison(plan, inOrder);
  await writeComparison(dir, compared, inOrder, left + failures.length);
  process.stdout.write(shown(compared, left + failures.length, given));
  process.stderr.write(`written to ${dir}\n`);
  if (interruption.signal.aborted) {
    const runs = `${left} ${left === 1 ? "run is" : "runs are"} missing`;
    throw new Failure(
      `interrupted: ${runs}\nto go on: loopnest compare --resume ${shellWord(dir)}`,
      exitCodes.interrupted,
    );
  }
  if (failures.length > 0) throw new Failure(`${failures.length} runs failed:\n${failures.join("\n")}`);
}

/** A run that has ended, or why it has not. */
function ofOutcome(
  plan: ComparePlan,
  run: PlannedRun,
  outcome: NonNullable<JobOutcome>,
): { run: KeptRun } | { failure: string } {
  if ("result" in outcome) {
    const { result } = outcome;
    // Only exact searches are asked to stop: by their limit.
    return { run: keptRun(run, result, result.stopped ? plan.exactLimit : undefined) };
  }
  const { error } = outcome;
  const unsupported = error instanceof LoopnestError && error.data.code === "unsupported" && run.method === "exact";
  return unsupported ? { run: unsupportedRun(run, error.message) } : { failure: error.message };
}

/** The order of networks and methods, whatever order runs ended in. */
function sorted(plan: ComparePlan, runs: readonly KeptRun[]): KeptRun[] {
  const networks = plan.networks.map(({ inputs }) => inputs.workload.name);
  const roles = ["optimum", "method", "fixed"];
  const rank = ({ workload, role, method, seed, target }: KeptRun) => [
    ...[networks.indexOf(workload), roles.indexOf(role)],
    role === "fixed" ? plan.machines.findIndex(({ inputs }) => inputs.target.name === target) : 0,
    ...[(plan.methods as readonly string[]).indexOf(method), seed],
  ];
  return [...runs].sort((a, b) => {
    const other = rank(b);
    return rank(a).reduce((order, own, i) => order || own - other[i]!, 0);
  });
}

function shown(compared: Comparison, missing: number, { json, jsonl }: Tell): string {
  const document = comparisonDocument(compared, missing);
  if (jsonl) return jsonLines([{ event: "result", ...document }]);
  return json ? jsonText(document) : comparisonTable(compared, textStyle());
}

/** A run in one line. */
function brief({ convergence: _, design, ...run }: KeptRun): object {
  return { ...run, value: design?.value ?? null, ...(design !== null && { hardware: design.hardware }) };
}

/** A name that the same command always leads to, and no other one. */
function defaultFolder(plan: ComparePlan): string {
  const names = plan.networks.map(({ inputs }) => inputs.workload.name).join("-");
  return join("runs", `compare-${fileName(names)}-${fingerprint(plan).slice(0, 6)}`);
}
