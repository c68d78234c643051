import { join } from "node:path";
import { LoopnestError, mayPad } from "@loopnest/mapspace";
import { objectiveUnit, smallestHardware } from "@loopnest/optimizers";
import { fileName, frontTable, searchLine } from "@loopnest/report";
import { version } from "../../package.json";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { fingerprint } from "../files/fingerprint.js";
import { holdFolder } from "../files/hold-folder.js";
import { writeWithin } from "../files/own-folder.js";
import { energyTableOf } from "../input/energy-table-input.js";
import { makePlan } from "../plan/make-plan.js";
import type { SearchCommandOptions } from "../plan/search-options.js";
import { searchTask } from "../plan/search-task.js";
import { type Hands, openHands } from "../queue/hands.js";
import { identityFingerprint, planIdentity } from "../run-folder/run-identity.js";
import type { RunResult } from "../run-folder/run-result.js";
import { searchWithin } from "../search/search-within.js";
import { watchInterruption } from "../terminal/interruption.js";
import { jsonText, type OutputForm, printData } from "../terminal/print-data.js";
import { shellWord } from "../terminal/shell-word.js";
import { textStyle } from "../terminal/text-style.js";
import {
  claimFrontFolder,
  FRONT_FILES,
  type FrontPlan,
  isFrontFile,
  readFront,
  readFrontPlan,
} from "./front-folder.js";
import { FRONT_SCHEMA_VERSION, type FrontResult } from "./front-result.js";
import { type EndedSearch, judgeFront } from "./judge-front.js";
import { nextLimit } from "./next-limit.js";
import { writeFront } from "./write-front.js";

/** A lower bound is a sum in another order than the value that it proves. */
const ROUNDING = 1e-9;

/** The options of `loopnest pareto` as the command line gives them. */
export interface ParetoOptions extends SearchCommandOptions {
  readonly points: number;
  /** mm2. */
  readonly minArea?: number;
}

/** What `--resume` leaves to choose. */
type ParetoResumeOptions = OutputForm & Pick<ParetoOptions, "workers" | "queue">;

/**
 * `loopnest pareto`: the front of an objective against area, from one search without a limit of area and others with
 * ever tighter ones. A folder that holds the same front is gone on with; no finished search is run again.
 *
 * @throws LoopnestError for bad input, or if nothing fits; Failure if a search was interrupted.
 */
export async function pareto(workloads: readonly string[], given: ParetoOptions): Promise<void> {
  if (given.objective === "edap" || given.objective === "area") {
    throw optionError("--objective", "area is the other axis of the front already", "choose edp, energy or latency");
  }
  const plan = await makePlan(workloads, given);
  const { hasAreas, name } = energyTableOf(plan.inputs.energyTable);
  if (!hasAreas) {
    throw optionError("--energy-table", `energy table ${name} has no areas`, "choose one that has (loopnest targets)");
  }
  const { points, minArea } = given;
  const front = { plan, points, ...(minArea !== undefined && { minAreaMm2: minArea }) };
  const dir = given.output ?? defaultFolder(front);
  await holdFolder(dir, isFrontFile, async () => {
    await claimFrontFolder(dir, front, given.force === true);
    await searchFront(dir, front, given);
  });
}

/**
 * `loopnest pareto --resume`: goes on with the front of a folder.
 *
 * @throws LoopnestError `input` if the folder holds none, or a damaged one; otherwise as `pareto`.
 */
export async function resumePareto(dir: string, given: ParetoResumeOptions): Promise<void> {
  const front = await readFrontPlan(dir);
  await holdFolder(dir, isFrontFile, () => searchFront(dir, front, given));
}

async function searchFront(dir: string, front: FrontPlan, given: ParetoResumeOptions): Promise<void> {
  // Between two searches, too, Ctrl-C says how to go on.
  const interruption = watchInterruption(() => {});
  const { name } = front.plan.inputs.workload;
  const hands = await openHands(given, { id: fingerprint(front).slice(0, 32), name, dir });
  try {
    await searchPoints(dir, front, { form: given, hands, signal: interruption.signal });
  } finally {
    await hands.close();
    interruption.release();
  }
}

async function searchPoints(
  dir: string,
  { plan, points, minAreaMm2 }: FrontPlan,
  { form, hands, signal }: { readonly form: OutputForm; readonly hands: Hands; readonly signal: AbortSignal },
): Promise<void> {
  const smallest = smallestHardware(await searchTask(plan));
  if (smallest === null) {
    throw new LoopnestError({
      code: "infeasible",
      path: "--fix",
      problem: "a size that is given is too small for any mapping of some layer",
      fix: "give a larger one",
    });
  }
  const failedBefore = new Set(
    ((await readFront(dir))?.searches ?? []).filter(isFailed).map(({ limitMm2 }) => limitMm2),
  );
  const end = { areaMm2: Math.max(smallest.areaMm2, minAreaMm2 ?? 0), asked: minAreaMm2 !== undefined };
  const ended: EndedSearch[] = [];
  const state = (status: FrontResult["status"]): FrontResult => ({
    schemaVersion: FRONT_SCHEMA_VERSION,
    status,
    versions: { loopnest: version, node: process.versions.node },
    ...planIdentity(plan),
    ...(mayPad(plan.inputs.workload) && { mayPad: true }),
    seed: plan.options.seed,
    points,
    ...(minAreaMm2 !== undefined && { minAreaMm2 }),
    unit: objectiveUnit(plan.objective.name),
    smallest,
    ...judgeFront(ended),
  });
  let fresh = 0;
  for (;;) {
    if (signal.aborted) throw interrupted(dir);
    const first = ended.length === 0;
    const limit = first ? (plan.objective.maxAreaMm2 ?? null) : nextLimit(lastAreas(ended), points, end);
    if (!first && limit === null) break;
    const name = String(ended.length + 1).padStart(2, "0");
    const within = limit === null ? plan : { ...plan, objective: { ...plan.objective, maxAreaMm2: limit } };
    if (!first && failedBefore.has(limit)) {
      ended.push(failed(name, limit));
      continue;
    }
    const outcome = await searchWithin(join(dir, FRONT_FILES.searches, name), within, hands).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.exitCode !== exitCodes.interrupted) throw error;
      throw interrupted(dir);
    });
    if ("infeasible" in outcome) {
      if (first) throw outcome.infeasible;
      ended.push(failed(name, limit));
    } else {
      ended.push(found(name, limit, outcome.result));
      if (!outcome.known) fresh++;
    }
    await writeWithin(dir, FRONT_FILES.result, jsonText(state("unfinished")));
    process.stderr.write(`${searchLine(ended.at(-1)!, points, plan.objective.name)}\n`);
  }
  const front = state("finished");
  const files = await writeFront(dir, front);
  printData(form, {
    document: () => front,
    lines: () =>
      front.searches.map((search) => ({
        ...{ row: "search", ...search, onFront: front.front.includes(search.name), knee: search.name === front.knee },
      })),
    text: () => frontTable(front, textStyle()),
  });
  if (fresh === 0) process.stderr.write("every search was finished before\n");
  process.stderr.write(`written to ${files.join(", ")}\n`);
}

function interrupted(dir: string): Failure {
  return new Failure(`interrupted; to go on: loopnest pareto --resume ${shellWord(dir)}`, exitCodes.interrupted);
}

function found(name: string, limitMm2: number | null, result: RunResult): EndedSearch {
  const { hardware, value, totals, lowerBound, samples, seconds } = result;
  const { areaMm2, edp, energyUj, latencyCycles } = totals;
  return {
    ...{ name, limitMm2, samples, seconds },
    design: { hardware, value, areaMm2, edp, energyUj, latencyCycles },
    ...(lowerBound !== undefined && { lowerBound }),
  };
}

function failed(name: string, limitMm2: number | null): EndedSearch {
  return { name, limitMm2, design: null, samples: 0, seconds: 0 };
}

function isFailed({ design }: EndedSearch): boolean {
  return design === null;
}

function lastAreas(ended: readonly EndedSearch[]) {
  return ended.map(({ limitMm2, design, lowerBound = 0 }) => ({
    limitMm2,
    areaMm2: design?.areaMm2 ?? null,
    value: design?.value ?? null,
    proven: design !== null && design.value <= lowerBound * (1 + ROUNDING),
  }));
}

/** A name that the same command always leads to, and no other one. */
function defaultFolder({ plan, points, minAreaMm2 }: FrontPlan): string {
  const { workload, target } = plan.inputs;
  const hash = fingerprint([identityFingerprint(planIdentity(plan)), points, minAreaMm2 ?? null]).slice(0, 6);
  return join("runs", `${fileName(workload.name)}-${fileName(target.name)}-pareto-${hash}`);
}

function optionError(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix });
}
