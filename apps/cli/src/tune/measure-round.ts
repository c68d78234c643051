import { whole } from "@loopnest/report";
import { Failure } from "../errors/failure.js";
import { answerCases } from "../external/answer-cases.js";
import { measureProgress } from "../measure/measure-progress.js";
import type { MeasureCase } from "../measure/read-cases.js";
import { jsonLines } from "../terminal/print-data.js";
import type { Measurements } from "./measurements.js";
import type { StoredTuning } from "./tune-folder.js";
import type { TuneRunOptions } from "./tune-options.js";
import { MEASURE_OPTION } from "./tune-plan.js";
import type { TuneRound } from "./tune-round.js";

/** Reasons that are told if nothing can be measured. */
const TOLD = 3;

/**
 * Measures what is missing of a round, and keeps every answer as it comes.
 *
 * @throws LoopnestError `input` if the command cannot be run; Failure if every case of the round fails, none of which
 * is then kept as failed.
 */
export async function measureRound(
  { round, cases }: TuneRound,
  { plan, measurements: all }: StoredTuning,
  measurements: Measurements,
  { jobs, batch, timeout, jsonl }: TuneRunOptions,
  signal: AbortSignal,
): Promise<void> {
  const open = cases.filter(
    ({ id }) => measurements.measured(id) === undefined && measurements.failure(id) === undefined,
  );
  if (open.length === 0) return;
  const progress = measureProgress(all);
  const tell = (one: MeasureCase, outcome: object) => {
    if (jsonl) process.stdout.write(jsonLines([{ event: "measurement", round, id: one.id, ...outcome }]));
    progress.update(measurements.count.measured + measurements.count.failed);
  };
  const sent = open.map(({ id, problem, mapping, hardware }): MeasureCase => ({ id, problem, mapping, hardware }));
  const failed: { readonly id: string; readonly reason: string }[] = [];
  try {
    await answerCases(
      sent,
      { text: plan.measure, shell: plan.shell, path: MEASURE_OPTION },
      {
        ...{ jobs, batch, signal },
        ...(timeout !== undefined && { timeoutMs: 1000 * timeout }),
        async onAnswer(one, answer) {
          await measurements.keep(one, answer);
          tell(one, answer);
        },
        async onFailure(one, reason) {
          failed.push({ id: one.id, reason });
          await measurements.keepFailure(one, reason);
          tell(one, { error: reason });
        },
      },
    );
  } finally {
    progress.end();
  }
  if (failed.length === 0 || measurements.count.measured > 0) return;
  await measurements.forgetFailures(failed.map(({ id }) => id));
  const reasons = [...new Set(failed.map(({ reason }) => reason))];
  const more = reasons.length > TOLD ? `\nand ${whole(reasons.length - TOLD)} other reasons` : "";
  throw new Failure(
    `none of ${whole(failed.length)} cases could be measured: ${reasons.slice(0, TOLD).join("\n")}${more}\n` +
      "put the command right, then run the same again",
  );
}
