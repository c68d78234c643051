import { Command } from "commander";
import type { MeasureOptions } from "../measure/measure.js";
import { measuredTargets } from "../measure/measured-targets.js";
import { oneOf, wholeNumber } from "../options/option-values.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest measure`: mappings run on a target's RTL. */
export function measureCommand(): Command {
  const command = new Command("measure")
    .description("run mappings on a target's RTL, check their numerical results and record the cycles; needs verilator")
    .requiredOption("--target <target>", `what to run them on: ${measuredTargets.join(", ")}`, oneOf(measuredTargets))
    .requiredOption(
      "--cases <file>",
      "a case per line (.jsonl, .jsonl.gz, or - for standard input): id, problem, mapping and, unless the " +
        "default sizes are meant, hardware",
    )
    .option(
      "-o, --output <file>",
      "samples, a line each; cases that are in it already are not run again, so that a run that was stopped goes on " +
        "(default: standard output)",
    )
    .option("--workers <n>", "simulations at a time (default: one per core)", wholeNumber(1));
  return addOutputOptions(
    command,
    "how many cases were measured, and where they are,",
    "every sample as it is measured",
  )
    .addHelpText(
      "after",
      examples([
        "loopnest measure --target systolic --cases cases.jsonl -o samples.jsonl",
        "measure, or go on measuring",
      ]),
    )
    .action(async (options: MeasureOptions) => {
      const { measure } = await import("../measure/measure.js");
      await measure(options);
    });
}
