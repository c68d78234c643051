import { join } from "node:path";
import { type Architecture, LoopnestError } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { objectiveUnit, objectiveValue } from "@loopnest/optimizers";
import { version } from "../../package.json";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { energyTableOf } from "../input/energy-table-input.js";
import { type ClaimedFolder, claimFolder } from "../run-folder/claim-folder.js";
import { designFigures, type Figures, type MappedLayer } from "../run-folder/figures.js";
import { readWholeRun } from "../run-folder/read-run.js";
import { fileName, layerFile } from "../run-folder/run-files.js";
import { identityFingerprint, planIdentity } from "../run-folder/run-identity.js";
import { type RunResult, SCHEMA_VERSION } from "../run-folder/run-result.js";
import { beginSearch, readUnfinishedSearch, type UnfinishedSearch } from "../run-folder/unfinished-search.js";
import { resultText } from "../run-folder/write-run.js";
import { checkFigures } from "./check-figures.js";
import { improvementLines } from "./improvement-lines.js";
import { keepRun } from "./keep-run.js";
import { makePlan } from "./make-plan.js";
import { resultTable } from "./result-table.js";
import { runSearchPlan, type SearchOutcome } from "./run-search.js";
import type { SearchCommandOptions } from "./search-options.js";
import type { LearnedInput, SearchPlan } from "./search-plan.js";

/**
 * `loopnest search`: searches, evaluates the answer with the exact model, writes the run folder, prints the result.
 *
 * @throws LoopnestError for bad input, or if nothing fits; Failure if the search was interrupted or its figures do not reproduce.
 */
export async function search(workloads: readonly string[], given: SearchCommandOptions): Promise<void> {
  const plan = await makePlan(workloads, given);
  const folder = await claimFolder(given.output ?? defaultFolder(plan), planIdentity(plan), given.force === true);
  await runAndKeep(folder, await beginSearch(folder.dir, plan), given);
}

/**
 * `loopnest search --resume`: goes on with a search that was interrupted in any way, to the answer it would have had.
 *
 * @throws LoopnestError `input` if the folder keeps no search, or a damaged one; otherwise as `search`.
 */
export async function resumeSearch(dir: string, given: ResumeOptions): Promise<void> {
  const kept = await readUnfinishedSearch(dir);
  if (kept !== null) {
    // Whatever run is there, the search was begun with the right to replace it.
    return runAndKeep(await claimFolder(dir, planIdentity(kept.plan), true), kept, given);
  }
  const { result } = await readWholeRun(dir);
  process.stdout.write(shown(result, given));
  if (result.status === "finished") process.stderr.write(`${dir} holds a finished run: nothing is left to do\n`);
  else throw new Failure(`${dir} keeps no parts of its search; search anew`);
}

/** What `--resume` leaves to choose. */
type ResumeOptions = Pick<SearchCommandOptions, "workers" | "json" | "jsonl">;

async function runAndKeep(folder: ClaimedFolder, kept: UnfinishedSearch, given: ResumeOptions): Promise<void> {
  const { plan } = kept;
  const outcome = await runSearchPlan(kept, given.workers, given.jsonl ? improvementLines() : undefined).catch(
    async (error: unknown) => {
      // Such a search can never be.
      if (error instanceof LoopnestError) await kept.discard();
      throw error;
    },
  );
  const { best } = outcome.result;
  if (best === null) {
    if (!outcome.interrupted) await kept.discard();
    throw nothingFound(plan, outcome);
  }
  const { workload: network, target, energyTable, learned: learnedInput } = plan.inputs;
  const architecture = priceTarget(target, energyTableOf(energyTable)).architecture(best.hardware);
  const mapped = best.layers.map(({ name, mapping }, i) => ({ file: layerFile(i, best.layers.length, name), mapping }));
  const figures = designFigures(network, architecture, mapped);
  const learned = learnedInput && (await learnedDesign(plan, learnedInput, architecture, mapped, figures));
  checkFigures(best, figures, learned);
  const { result: searched, interrupted, startedAt, seconds, workers } = outcome;
  const result: RunResult = {
    schemaVersion: SCHEMA_VERSION,
    status: interrupted ? "interrupted" : "finished",
    versions: { loopnest: version, node: process.versions.node },
    startedAt: startedAt.toISOString(),
    seconds,
    workers,
    ...planIdentity(plan),
    seed: plan.options.seed,
    samples: thousandths(searched.samples),
    value: objectiveValue(plan.objective.name, {
      ...figures.totals,
      ...(learned !== undefined && { latencyCycles: learned.searchedLatencyCycles }),
    }),
    unit: objectiveUnit(plan.objective.name),
    ...(searched.lowerBound !== undefined && { lowerBound: searched.lowerBound }),
    hardware: best.hardware,
    totals: figures.totals,
    ...(figures.networks !== undefined && { networks: [...figures.networks] }),
    ...(learned !== undefined && { learned: learned.figures }),
    layers: [...figures.layers],
    ...(figures.dataMovement !== undefined && { dataMovement: [...figures.dataMovement] }),
    convergence: searched.convergence.map((point) => ({ ...point, samples: thousandths(point.samples) })),
  };
  let written: string;
  try {
    written = await keepRun(folder, { result, inputs: plan.inputs, architecture });
    if (!interrupted) await kept.discard();
  } finally {
    // Even if the folder takes no more files, the result is told.
    process.stdout.write(shown(result, given));
  }
  if (interrupted) {
    const hint = `to go on: loopnest search --resume ${folder.dir}`;
    throw new Failure(`interrupted: this is the best so far; ${written}\n${hint}`, exitCodes.interrupted);
  }
  process.stderr.write(`${written}\n`);
}

async function learnedDesign(
  { inputs }: SearchPlan,
  learned: LearnedInput,
  architecture: Architecture,
  mapped: readonly MappedLayer[],
  { totals }: Figures,
) {
  const { learnedFigures } = await import("../learned/learned-figures.js");
  const mappings = mapped.map(({ mapping }) => mapping);
  return learnedFigures({ ...inputs, learned }, architecture, mappings, totals.energyUj);
}

/** The result as it is asked for: as `result.json`, as the last line of JSON Lines, or for people. */
function shown(result: RunResult, { json, jsonl }: ResumeOptions): string {
  if (jsonl) return `${JSON.stringify({ event: "result", ...result })}\n`;
  return json ? resultText(result) : resultTable(result);
}

/** Samples are sums of fractions (one layer is a part of a sample): without the noise of their last digits. */
function thousandths(samples: number): number {
  return Math.round(samples * 1000) / 1000;
}

/** A name that the same command always leads to, and no other one. */
function defaultFolder(plan: SearchPlan): string {
  const { workload, target } = plan.inputs;
  const hash = identityFingerprint(planIdentity(plan)).slice(0, 6);
  return join("runs", `${fileName(workload.name)}-${fileName(target.name)}-${plan.options.seed}-${hash}`);
}

function nothingFound({ inputs, objective }: SearchPlan, { interrupted, result }: SearchOutcome): Error {
  if (interrupted) return new Failure("interrupted before anything was found that fits", exitCodes.interrupted);
  const { maxAreaMm2, maxLatencyCycles } = objective;
  const limits = [
    ...(maxAreaMm2 === undefined ? [] : [`an area of ${maxAreaMm2} mm2`]),
    ...(maxLatencyCycles === undefined ? [] : [`a latency of ${maxLatencyCycles} cycles`]),
  ];
  return new LoopnestError({
    code: "infeasible",
    problem: `no design of ${inputs.workload.name} on ${inputs.target.name} was found that fits${
      limits.length > 0 ? ` within ${limits.join(" and ")}` : ""
    } (${Math.round(result.samples)} samples)`,
    fix: limits.length > 0 ? "raise the limit, or spend more samples" : "free more sizes, or spend more samples",
  });
}
