import { writeFile } from "node:fs/promises";
import { analyticalModel } from "@loopnest/model-analytical";
import { proposeSamples } from "@loopnest/model-learned";
import { Failure } from "../errors/failure.js";
import { targetInput } from "../input/target-input.js";
import { workloadInput } from "../input/workload-input.js";
import { whole } from "../terminal/number-format.js";
import { fixedSizes } from "./fixed-sizes.js";
import { modelInput, savedModelOf } from "./model-input.js";

/** The options of `loopnest sample`. */
export interface SampleOptions {
  readonly target: string;
  readonly n: number;
  /** Names or files. */
  readonly workload: readonly string[];
  readonly model?: string;
  readonly fix: readonly string[];
  readonly pe?: number;
  readonly seed: number;
  readonly output?: string;
}

const DEFAULT_WORKLOAD = "resnet50";

/**
 * `loopnest sample`: proposes mappings to measure, a case a line.
 *
 * @throws LoopnestError for bad input; Failure if the file cannot be written.
 */
export async function sample(options: SampleOptions): Promise<void> {
  const target = await targetInput(options.target);
  const names = options.workload.length > 0 ? options.workload : [DEFAULT_WORKLOAD];
  const workloads = await Promise.all(names.map((name) => workloadInput(name)));
  const saved = options.model === undefined ? undefined : await savedModelOf(await modelInput(options.model));
  const proposed = proposeSamples(analyticalModel(target), options.n, {
    problems: workloads.flatMap(({ layers }) => layers.map(({ problem }) => problem)),
    seed: options.seed,
    hardware: fixedSizes(options.fix, options.pe, target),
    ...(saved === undefined ? {} : { model: saved }),
  });
  const text = proposed.map((one) => `${JSON.stringify(one)}\n`).join("");
  if (options.output === undefined || options.output === "-") {
    process.stdout.write(text);
    return;
  }
  await writeFile(options.output, text).catch((error: Error) => {
    throw new Failure(`${options.output} could not be written: ${error.message}`);
  });
  process.stderr.write(`${whole(proposed.length)} mappings to measure written to ${options.output}\n`);
}
