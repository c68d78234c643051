import { join } from "node:path";
import { driverHeader, generatorConfig, generatorScala } from "@loopnest/codegen";
import { LoopnestError } from "@loopnest/mapspace";
import { plainTable } from "@loopnest/report";
import { writeFiles } from "../files/write-files.js";
import { readWholeRun } from "../run-folder/read-run.js";
import { type OutputForm, printData } from "../terminal/print-data.js";

/** The options of `loopnest export gemmini`. */
export interface ExportGemminiOptions extends OutputForm {
  readonly run: string;
  readonly output: string;
}

const TARGET = "gemmini";
const CONFIG_FILE = "LoopnestConfigs.scala";
const HEADER_FILE = "loopnest_gemmini.h";

/**
 * `loopnest export gemmini`: hardware and mappings of a run for those who build Gemmini and run its driver.
 *
 * @throws LoopnestError `input` for a run of another target; as `readWholeRun` does.
 */
export async function exportGemmini({ run, output, ...print }: ExportGemminiOptions): Promise<void> {
  const { result, inputs, cases } = await readWholeRun(run);
  if (inputs.target.name !== TARGET) {
    throw new LoopnestError({
      code: "input",
      path: "--run",
      problem: `${run} is a run on ${inputs.target.name}`,
      fix: `give one on ${TARGET}`,
      expected: TARGET,
      got: inputs.target.name,
    });
  }
  const name = `${inputs.workload.name} on ${TARGET}`;
  const config = generatorConfig(result.hardware);
  const layers = result.layers.map(({ name }, i) => {
    const { problem, mapping } = cases[i]!;
    return { name, problem, mapping };
  });
  const { text, calls } = driverHeader(layers, config, name);
  const files = [join(output, CONFIG_FILE), join(output, HEADER_FILE)] as const;
  await writeFiles({ [files[0]]: generatorScala(config, name), [files[1]]: text });
  const records = layers.map((layer, i) => ({ layer: layer.name, ...calls[i]! }));
  printData(print, {
    document: () => ({ files, ...config, layers: records }),
    lines: () => [{ files, ...config }, ...records],
    text: () =>
      [
        ...config.differences.map((difference) => `hardware: ${difference}\n`),
        plainTable(
          [{ title: "layer" }, { title: "call" }, { title: "what the driver does otherwise", wraps: true }],
          records.map((record) =>
            "reason" in record
              ? [record.layer, "none", record.reason]
              : [record.layer, record.function, record.differences.join("; ") || "nothing"],
          ),
          process.stdout.columns,
        ),
        "\n",
      ].join(""),
  });
}
