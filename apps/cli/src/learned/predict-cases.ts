import { builtInTarget, type Hardware, LoopnestError } from "@loopnest/mapspace";
import { analyticalModel, evaluate } from "@loopnest/model-analytical";
import { type CaseRecord, learnedModel, metrics, predictor, readRecord } from "@loopnest/model-learned";
import { evaluationRecord, idOf, rejectionRecord } from "../cases/case-record.js";
import { displayName } from "../files/read-text.js";
import { textLines } from "../files/text-lines.js";
import { fixedSizes } from "../input/fixed-sizes.js";
import { LEARNED_COUNTS } from "../input/learned-counts.js";
import { modelInput, savedModelOf } from "../input/model-input.js";
import { targetInput } from "../input/target-input.js";

/** The options of `loopnest evaluate --model`. */
export interface PredictOptions {
  /** Name or file. */
  readonly model: string;
  /** Name or file; the model's own unless given. */
  readonly target?: string;
  /** `name=value` each: the machine of cases that do not describe theirs. */
  readonly fix: readonly string[];
  readonly pe?: number;
}

/**
 * Predicts the cases of a JSON Lines file, one printed line each.
 *
 * A case with an architecture is evaluated by the exact model on it, and gets `predictedCycles` and `uncertainty` in
 * addition. A case without runs on the sizes that are given, or on the smallest machine that holds it; its `cycles`
 * then are those of the exact model for the mapping as that machine executes it.
 *
 * @returns What is known of the predictions, for people: how they compare with measured cycles, where cases have them.
 * @throws LoopnestError `input` if model, target or file cannot be read, or, after the last line, for all lines with no
 * well-formed case.
 */
export async function predictCases(
  file: string,
  { model, target: given, fix, pe }: PredictOptions,
  print: (line: string) => Promise<void> | void,
): Promise<string> {
  const saved = await savedModelOf(await modelInput(model));
  const chosen = given === undefined ? builtInTarget(saved.target) : await targetInput(given);
  const learned = learnedModel(analyticalModel(chosen, { counts: LEARNED_COUNTS }), saved);
  const predict = predictor(learned);
  const hardware = fixedSizes(fix, pe, chosen);
  const faults: LoopnestError[] = [];
  const predicted: number[] = [];
  const measured: number[] = [];
  let line = 0;
  for await (const text of textLines(file)) {
    line++;
    if (text.trim() === "") continue;
    let output: unknown;
    try {
      const record = readRecord(text, line, displayName(file));
      const { prediction, printed } = predictRecord(record, hardware, predict);
      output = printed;
      if (record.measuredCycles !== undefined) {
        predicted.push(Math.log(prediction.predictedCycles));
        measured.push(Math.log(record.measuredCycles));
      }
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      if (error.code === "input") faults.push(error);
      output = rejectionRecord(idOfText(text), error, line);
    }
    await print(JSON.stringify(output));
  }
  const [first, ...more] = faults.map((error) => error.data);
  if (first !== undefined) throw new LoopnestError({ ...first, more });
  return summary(saved.name, predicted, measured);
}

function predictRecord(record: CaseRecord, fixed: Hardware, predict: ReturnType<typeof predictor>) {
  const { architecture, problem, mapping } = record;
  const prediction = predict({ ...record, hardware: { ...fixed, ...record.hardware } });
  const { predictedCycles, uncertainty, trust, analyticalCycles, hardware } = prediction;
  const id = record.id ?? null;
  const learned = {
    predictedCycles: Math.round(predictedCycles),
    uncertainty: digits(uncertainty),
    trust: digits(trust),
  };
  const printed =
    architecture === undefined
      ? { id, hardware, cycles: analyticalCycles, ...learned }
      : { ...evaluationRecord(id, evaluate(problem, architecture, mapping, LEARNED_COUNTS)), ...learned };
  return {
    prediction,
    printed: record.measuredCycles === undefined ? printed : { ...printed, measuredCycles: record.measuredCycles },
  };
}

/** Four digits: more would claim what a prediction cannot keep. */
function digits(value: number): number {
  return Number(value.toPrecision(4));
}

function idOfText(text: string) {
  try {
    return idOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function summary(name: string, predicted: readonly number[], measured: readonly number[]): string {
  if (predicted.length < 2) return "";
  const { samples, spearman, medianRelativeError, within25 } = metrics(predicted, measured);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return (
    `${name} on ${samples} measured cases: rank correlation ${spearman.toFixed(3)}, ` +
    `median error ${percent(medianRelativeError)}, ${percent(within25)} within 25 %`
  );
}
