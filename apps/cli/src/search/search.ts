import { join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { fileName, resultTable } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { fingerprint } from "../files/fingerprint.js";
import { holdFolder } from "../files/hold-folder.js";
import { writeFiles } from "../files/write-files.js";
import { makePlan } from "../plan/make-plan.js";
import type { SearchCommandOptions } from "../plan/search-options.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { openHands } from "../queue/hands.js";
import { type ClaimedFolder, claimFolder } from "../run-folder/claim-folder.js";
import { readWholeRun } from "../run-folder/read-run.js";
import { isRunFile } from "../run-folder/run-files.js";
import { identityFingerprint, planIdentity } from "../run-folder/run-identity.js";
import type { RunResult } from "../run-folder/run-result.js";
import { beginSearch, readUnfinishedSearch, type UnfinishedSearch } from "../run-folder/unfinished-search.js";
import { resultText } from "../run-folder/write-run.js";
import { shellWord } from "../terminal/shell-word.js";
import { textStyle } from "../terminal/text-style.js";
import { improvementLines } from "./improvement-lines.js";
import { searchToFolder } from "./search-to-folder.js";

/**
 * `loopnest search`: searches, evaluates the answer with the exact model, writes the run folder, prints the result.
 *
 * @throws LoopnestError for bad input, or if nothing fits; Failure if the search was interrupted or its figures do not
 * reproduce.
 */
export async function search(workloads: readonly string[], given: SearchCommandOptions): Promise<void> {
  const plan = await makePlan(workloads, given);
  checkCertifiable(plan, given);
  const folder = await claimFolder(given.output ?? defaultFolder(plan), planIdentity(plan), given.force === true);
  await holdFolder(folder.dir, isRunFile, async () => {
    await runAndKeep(folder, await beginSearch(folder.dir, plan), given);
  });
}

/**
 * `loopnest search --resume`: goes on with a search that was interrupted in any way, to the answer it would have had.
 *
 * @throws LoopnestError `input` if the folder keeps no search, or a damaged one; otherwise as `search`.
 */
export async function resumeSearch(dir: string, given: ResumeOptions): Promise<void> {
  const kept = await readUnfinishedSearch(dir);
  if (kept !== null) {
    const { size } = kept.finished;
    const { learned } = kept.plan.inputs;
    if (learned !== undefined) (await import("../input/model-input.js")).allowModel(learned.model);
    process.stderr.write(
      `${dir} keeps ${size} finished ${size === 1 ? "part" : "parts"} of its search: not run again\n`,
    );
    // Whatever run is there, the search was begun with the right to replace it.
    const folder = await claimFolder(dir, planIdentity(kept.plan), true);
    return holdFolder(dir, isRunFile, () => runAndKeep(folder, kept, given));
  }
  const { result } = await readWholeRun(dir);
  process.stdout.write(shown(result, given));
  if (result.status === "finished") process.stderr.write(`${dir} holds a finished run: nothing is left to do\n`);
  else throw new Failure(`${dir} keeps no parts of its search; search anew`);
}

/** What `--resume` leaves to choose. */
type ResumeOptions = Pick<SearchCommandOptions, "workers" | "queue" | "json" | "jsonl" | "certificate">;

async function runAndKeep(folder: ClaimedFolder, kept: UnfinishedSearch, given: ResumeOptions): Promise<void> {
  const { name } = kept.plan.inputs.workload;
  const hands = await openHands(given, { ...{ id: fingerprint(kept.plan).slice(0, 32), name }, dir: folder.dir });
  const { result, written } = await searchToFolder(folder, kept, {
    ...{ hands, asksNext: true },
    ...(given.jsonl && { onNews: improvementLines() }),
    onResult: (found) => void process.stdout.write(shown(found, given)),
  }).finally(hands.close);
  if (result.status === "interrupted") {
    const hint = `to go on: loopnest search --resume ${shellWord(folder.dir)}`;
    throw new Failure(`interrupted: this is the best so far; ${written}\n${hint}`, exitCodes.interrupted);
  }
  process.stderr.write(`${written}\n`);
  if (given.certificate === undefined) return;
  const { makeCertificate } = await import("../certificate/certificate-file.js");
  const certificate = makeCertificate(kept.plan, result);
  await writeFiles({ [given.certificate]: `${JSON.stringify(certificate)}\n` });
}

/** A certificate is of the least value of an objective that the exact search proved, tensors placed evenly. */
function checkCertifiable(
  { method, options }: SearchPlan,
  { certificate, within, uneven }: SearchCommandOptions,
): void {
  if (certificate === undefined) return;
  const problem =
    method !== "exact"
      ? `method ${method} proves nothing`
      : within !== undefined
        ? "--within asks for another design than the best"
        : uneven
          ? "it is of mappings that place tensors evenly"
          : null;
  if (problem === null) return;
  throw new LoopnestError({
    code: "input",
    path: "--certificate",
    problem,
    fix: "give --method exact, without --within and --uneven",
    got: options,
  });
}

/** The result as it is asked for: as `result.json`, as the last line of JSON Lines, or for people. */
function shown(result: RunResult, { json, jsonl }: ResumeOptions): string {
  if (jsonl) return `${JSON.stringify({ event: "result", ...result })}\n`;
  return json ? resultText(result) : resultTable(result, textStyle());
}

/** A name that the same command always leads to, and no other one. */
function defaultFolder(plan: SearchPlan): string {
  const { workload, target } = plan.inputs;
  const hash = identityFingerprint(planIdentity(plan)).slice(0, 6);
  return join("runs", `${fileName(workload.name)}-${fileName(target.name)}-${plan.options.seed}-${hash}`);
}
