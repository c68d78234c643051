import { analyticalModel } from "@loopnest/model-analytical";
import { proposeSamples } from "@loopnest/model-learned";
import { whole } from "@loopnest/report";
import { writeFiles } from "../files/write-files.js";
import { fixedSizes } from "../input/fixed-sizes.js";
import { LEARNED_COUNTS } from "../input/learned-counts.js";
import { modelInput, savedModelOf } from "../input/model-input.js";
import { targetInput } from "../input/target-input.js";
import { workloadInput } from "../input/workload-input.js";
import { jsonLines, type OutputForm, printData } from "../terminal/print-data.js";

/** The options of `loopnest sample`. */
export interface SampleOptions extends OutputForm {
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
 * @throws LoopnestError for bad input; the system's error if the file cannot be written.
 */
export async function sample(options: SampleOptions): Promise<void> {
  const target = await targetInput(options.target);
  const names = options.workload.length > 0 ? options.workload : [DEFAULT_WORKLOAD];
  const workloads = await Promise.all(names.map((name) => workloadInput(name)));
  const saved = options.model === undefined ? undefined : await savedModelOf(await modelInput(options.model));
  const proposed = proposeSamples(analyticalModel(target, { counts: LEARNED_COUNTS }), options.n, {
    problems: workloads.flatMap(({ layers }) => layers.map(({ problem }) => problem)),
    seed: options.seed,
    hardware: fixedSizes(options.fix, options.pe, target),
    ...(saved === undefined ? {} : { model: saved }),
  });
  const { output } = options;
  if (output === undefined || output === "-") {
    const cases = () => proposed;
    return printData(options, { document: cases, lines: cases, text: () => jsonLines(proposed) });
  }
  await writeFiles({ [output]: jsonLines(proposed) }, () => {});
  const written = { output, cases: proposed.length };
  printData(options, { document: () => written, lines: () => [written], text: () => "" });
  process.stderr.write(`${whole(proposed.length)} mappings to measure written to ${output}\n`);
}
