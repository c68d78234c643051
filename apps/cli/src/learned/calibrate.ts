import { basename, extname } from "node:path";
import { analyticalModel } from "@loopnest/model-analytical";
import { calibrate as calibrateModel, type DriverName, readSamples, writeModel } from "@loopnest/model-learned";
import { whole } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { displayName, readText } from "../files/read-text.js";
import { writeFiles } from "../files/write-files.js";
import { fixedSizes } from "../input/fixed-sizes.js";
import { LEARNED_COUNTS } from "../input/learned-counts.js";
import { targetInput } from "../input/target-input.js";
import { watchInterruption } from "../terminal/interruption.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { learningCurveTable, predictorsTable, sparseRegionLines } from "./metrics-table.js";
import { scatterText } from "./scatter-text.js";

/** The options of `loopnest calibrate`. */
export interface CalibrateOptions extends OutputForm {
  readonly target: string;
  readonly data: string;
  readonly output: string;
  readonly name?: string;
  readonly driver: DriverName;
  readonly fix: readonly string[];
  readonly pe?: number;
  readonly folds: number;
  readonly seed: number;
  /** File for the plot. */
  readonly plot?: string;
  /** Commander's form of `--no-learning-curve`. */
  readonly learningCurve: boolean;
}

/**
 * `loopnest calibrate`: checks the data, trains, prints how well the model does on unseen layer shapes and writes it.
 *
 * @throws LoopnestError for bad input; Failure if interrupted; the system's error if the file cannot be written.
 */
export async function calibrate(options: CalibrateOptions): Promise<void> {
  const target = await targetInput(options.target);
  const samples = readSamples(await readText(options.data), displayName(options.data));
  const interruption = watchInterruption(() => process.stderr.write("stopping\n"));
  let told = "";
  const { model, crossValidation, learningCurve, sparseRegions } = await calibrateModel(
    analyticalModel(target, { counts: LEARNED_COUNTS }),
    samples,
    {
      name: options.name ?? basename(options.output, extname(options.output)),
      source: `${basename(options.data)}, ${whole(samples.length)} samples`,
      driver: options.driver,
      hardware: fixedSizes(options.fix, options.pe, target),
      folds: options.folds,
      seed: options.seed,
      learningCurve: options.learningCurve,
      signal: interruption.signal,
      onProgress: (stage, done, of) => {
        const text = `${stage}: ${done} of ${of}`;
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${done === of ? "" : text}`);
        else if (stage !== told) process.stderr.write(`${stage}: ${of} model${of === 1 ? "" : "s"} to train\n`);
        told = stage;
      },
    },
  )
    .catch((error: unknown) => {
      throw interruption.signal.aborted
        ? new Failure("interrupted: nothing was written", exitCodes.interrupted)
        : error;
    })
    .finally(() => interruption.release());

  const { points, predictors } = crossValidation;
  const scatter = points.map(({ measuredCycles, bothCycles }) => [measuredCycles, bothCycles] as const);
  const regions = sparseRegionLines(sparseRegions);
  const text = () => [
    `${model.name} for ${target.name}: ${whole(samples.length)} samples of ${model.origin.shapes} layer shapes, ` +
      `${crossValidation.folds} folds`,
    "",
    predictorsTable(crossValidation),
    "(over all samples; in brackets mean and deviation over folds)",
    "",
    scatterText(scatter, { across: "measured cycles", up: "predicted" }),
    "",
    ...(learningCurve.length > 0 ? [learningCurveTable(learningCurve), ""] : []),
    ...(regions.length > 0
      ? ["regions that lack samples:", ...regions.map((text) => `  ${text}`)]
      : ["no region of the mapspace lacks samples"]),
  ];
  printData(options, {
    document: () => ({
      ...{ model: model.name, target: target.name, output: options.output, samples: samples.length },
      ...{ shapes: model.origin.shapes, folds: crossValidation.folds, predictors, learningCurve, sparseRegions },
    }),
    lines: () => [
      ...Object.entries(predictors).map(([name, metrics]) => ({ row: "predictor", name, ...metrics })),
      ...learningCurve.map((point) => ({ row: "learning curve", ...point })),
      ...sparseRegions.map((region) => ({ row: "sparse region", ...region })),
    ],
    text: () => `${text().join("\n")}\n`,
  });
  await writeFiles({ [options.output]: writeModel(model) }, () => {});
  if (options.plot !== undefined) {
    const { predictionSvg } = await import("./prediction-svg.js");
    await writeFiles({ [options.plot]: predictionSvg(points, model.name) }, () => {});
  }
  if (predictors.both.pooled.meanAbsLogError >= predictors.analytical.pooled.meanAbsLogError) {
    process.stderr.write(
      "the learned model is no better than the analytical one on unseen layers: measure more of them\n",
    );
  }
  process.stderr.write(`written to ${options.output}\n`);
}
