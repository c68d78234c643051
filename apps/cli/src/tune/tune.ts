import { join } from "node:path";
import { type Sample, type SavedModel, trainModel, writeModel } from "@loopnest/model-learned";
import { fileName, quantity, type Tuning, tuningTable, whole } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { fingerprint } from "../files/fingerprint.js";
import { holdFolder } from "../files/hold-folder.js";
import { writeWithin } from "../files/own-folder.js";
import type { MeasuredCase } from "../measure/sample-file.js";
import { exactModel } from "../plan/run-model.js";
import { watchInterruption } from "../terminal/interruption.js";
import { jsonLines, jsonText } from "../terminal/print-data.js";
import { shellWord } from "../terminal/shell-word.js";
import { textStyle } from "../terminal/text-style.js";
import { isSettled, roundBudget } from "./budget.js";
import { makeRound, waysOf } from "./make-round.js";
import { measureRound } from "./measure-round.js";
import { type Measurements, openMeasurements } from "./measurements.js";
import { claimTuneFolder, isTuneFile, keepTuning, readTuning, type StoredTuning, TUNE_FILES } from "./tune-folder.js";
import { DEFAULT_MEASUREMENTS, type TuneOptions, type TuneRunOptions } from "./tune-options.js";
import { checkBudget, makeTunePlan, shapesOf } from "./tune-plan.js";
import { bestAfterRounds, tuningOf } from "./tune-result.js";
import { keepRound, readRounds, type TuneRound } from "./tune-round.js";
import { writeTuning } from "./write-tuning.js";

/**
 * `loopnest tune`: measures, learns and searches in rounds, until what is found gets no better or the measurements are
 * used up. A folder that holds the same is gone on with.
 *
 * @throws LoopnestError for bad input; Failure if it was interrupted, or nothing could be measured.
 */
export async function tune(given: TuneOptions): Promise<void> {
  const plan = await makeTunePlan(given);
  const tuning = { plan, measurements: given.measurements ?? DEFAULT_MEASUREMENTS };
  checkBudget(plan, tuning.measurements);
  const dir = given.output ?? defaultFolder(tuning);
  await holdFolder(dir, isTuneFile, async () => {
    await claimTuneFolder(dir, tuning, given.force === true);
    await runRounds(dir, tuning, given);
  });
}

/**
 * `loopnest tune --resume`: goes on, however it ended; nothing is measured twice.
 *
 * @throws LoopnestError `input` if the folder holds nothing of tuning, or it is damaged; otherwise as `tune`.
 */
export async function resumeTune(dir: string, given: TuneRunOptions): Promise<void> {
  const { plan, measurements } = await readTuning(dir);
  const tuning = { plan, measurements: given.measurements ?? measurements };
  checkBudget(plan, tuning.measurements);
  await holdFolder(dir, isTuneFile, async () => {
    await keepTuning(dir, tuning);
    await runRounds(dir, tuning, given);
  });
}

async function runRounds(dir: string, tuning: StoredTuning, given: TuneRunOptions): Promise<void> {
  const measurements = await openMeasurements(dir);
  const interruption = watchInterruption(() => process.stderr.write("stopping\n"));
  try {
    if (given.retry) await measurements.forgetFailures();
    const { measured } = measurements.count;
    if (measured > 0) process.stderr.write(`${dir} has ${whole(measured)} measurements: not made again\n`);
    const rounds = await readRounds(dir);
    const stopped = await goOn(dir, tuning, rounds, measurements, given, interruption.signal).catch(
      (error: unknown) => {
        const interrupted = error instanceof Failure && error.exitCode === exitCodes.interrupted;
        if (!interrupted) throw error;
        return null;
      },
    );
    const status = stopped === null ? "interrupted" : "finished";
    const result = tuningOf(tuning, rounds, measurements, { status, stopped: stopped ?? "interrupted" });
    const model = trained(tuning, rounds, measurements);
    await writeWithin(dir, TUNE_FILES.model, writeModel(model));
    await writeTuning(dir, result);
    process.stdout.write(shown(result, given));
    process.stderr.write(`written to ${dir}\n`);
    if (stopped !== null) return;
    throw new Failure(`interrupted; to go on: loopnest tune --resume ${shellWord(dir)}`, exitCodes.interrupted);
  } finally {
    interruption.release();
    await measurements.close();
  }
}

/** Runs what is missing of the rounds. @returns Why they ended; `null` if they were interrupted. */
async function goOn(
  dir: string,
  tuning: StoredTuning,
  rounds: TuneRound[],
  measurements: Measurements,
  given: TuneRunOptions,
  signal: AbortSignal,
): Promise<string | null> {
  const { plan, measurements: all } = tuning;
  const shapes = shapesOf(plan.search.inputs.workload).length;
  for (let r = 0; ; r++) {
    let round = rounds[r];
    if (round === undefined) {
      if (isSettled(bestAfterRounds(rounds, measurements))) return "two rounds found nothing better by 1 %";
      const { measured, failed } = measurements.count;
      const left = all - measured - failed;
      const budget = roundBudget(r, {
        all,
        left,
        shapes,
        designs: waysOf(0, plan, { designs: 0, proposals: 0 }).length,
      });
      if (budget === null) return "the measurements are used up";
      round = await makeRound(dir, plan, {
        ...{ round: r, budget, model: trained(tuning, rounds, measurements) },
        isKnown: (id) => measurements.measured(id) !== undefined || measurements.failure(id) !== undefined,
        ...(given.workers !== undefined && { workers: given.workers }),
      });
      await keepRound(dir, round);
      rounds.push(round);
    }
    await measureRound(round, tuning, measurements, given, signal);
    if (signal.aborted) return null;
    tellRound(tuning, rounds.slice(0, r + 1), measurements, given);
    if (round.cases.length === 0) return "searches find what is measured already";
  }
}

/** The model that the rounds have taught so far, the same in whatever order cases were measured. */
function trained({ plan }: StoredTuning, rounds: readonly TuneRound[], measurements: Measurements): SavedModel {
  const samples = rounds.flatMap(({ cases }) =>
    cases.flatMap(({ id }) => {
      const one = measurements.measured(id);
      return one === undefined ? [] : [sampleOf(one)];
    }),
  );
  const { target } = plan.search.inputs;
  return trainModel(exactModel(plan.search.inputs), samples, {
    name: `${fileName(target.name)}-tuned`,
    source: `loopnest tune, ${whole(samples.length)} measurements`,
    driver: plan.driver,
    seed: plan.search.options.seed,
  });
}

function sampleOf({ energyPj, ...one }: MeasuredCase): Sample {
  return { ...one, measuredCycles: one.cycles, ...(energyPj !== undefined && { measuredEnergyPj: energyPj }) };
}

function tellRound(
  tuning: StoredTuning,
  rounds: readonly TuneRound[],
  measurements: Measurements,
  { jsonl }: TuneRunOptions,
): void {
  const all = tuningOf(tuning, rounds, measurements, { status: "interrupted", stopped: "" });
  const last = all.rounds.at(-1)!;
  if (jsonl) process.stdout.write(jsonLines([{ event: "round", ...last }]));
  const error = last.medianError === null ? "" : `, median error ${(100 * last.medianError).toFixed(1)} %`;
  const best = last.bestEdp === null ? "no design measured" : `best measured EDP ${quantity(last.bestEdp)}`;
  process.stderr.write(`round ${last.round}: ${whole(last.measured)} measured${error}; ${best}\n`);
}

function shown(result: Tuning, { json, jsonl }: TuneRunOptions): string {
  if (jsonl) return jsonLines([{ event: "result", ...result }]);
  return json ? jsonText(result) : tuningTable(result, textStyle());
}

/** A name that the same command always leads to, and no other one. */
function defaultFolder({ plan }: StoredTuning): string {
  const { workload, target } = plan.search.inputs;
  return join("runs", `${fileName(workload.name)}-${fileName(target.name)}-tune-${fingerprint(plan).slice(0, 6)}`);
}
