import { Command, type Option } from "commander";
import { gathered, positiveNumber, wholeNumber } from "../options/option-values.js";
import type { ParetoOptions } from "../pareto/pareto.js";
import { addSearchOptions } from "./add-search-options.js";
import { examples } from "./examples.js";

/** Options that do not change what a front is about. */
const WITH_RESUME = ["resume", "workers", "queue", "json", "jsonl"];

/** `loopnest pareto`: the front of an objective against area. */
export function paretoCommand(): Command {
  const command = new Command("pareto")
    .description("find the front of energy x delay, energy or latency against area, with its plot")
    .argument(
      "[workload...]",
      "a network by name (see loopnest workloads), a workload file or an ONNX model; several share the accelerator",
    )
    .option("--points <n>", "searches at most", wholeNumber(1), 12)
    .option(
      "--min-area <mm2>",
      "where the front ends (default: where designs are ten times worse than the best)",
      positiveNumber,
    )
    .option("--max-area <mm2>", "largest area of the front in mm2", positiveNumber)
    .option("--max-latency <cycles>", "latency limit of the whole network in cycles", positiveNumber)
    .option("--fix <size=value>", "give a hardware size instead of searching it; may be repeated", gathered, []);
  return addSearchOptions(command, {
    json: "pareto.json",
    jsonl: "a search a line",
    output: "folder of the front, gone on with if it holds the same one",
    force: "replace another front in the folder",
  })
    .option("--resume <dir>", "go on with the front of this folder, however it ended; no workload, no other options")
    .addHelpText(
      "after",
      examples(
        ["loopnest pareto resnet50 -o runs/front", "what area buys, in 12 searches"],
        ["loopnest pareto bert --method exact --points 6", "every point proven"],
        ["loopnest pareto bert unet --objective latency --max-area 5", "of two networks, up to 5 mm2"],
        ["loopnest pareto --resume runs/front", "go on after an interruption"],
      ),
    )
    .action(async (workloads: string[], options: ParetoOptions & { resume?: string }, own: Command) => {
      const { pareto, resumePareto } = await import("../pareto/pareto.js");
      if (options.resume === undefined) {
        if (workloads.length === 0) own.error("error: nothing to search; give a workload, or --resume DIR");
        return pareto(workloads, options);
      }
      const other = own.options.find((option) => isGiven(own, option) && !WITH_RESUME.includes(option.attributeName()));
      const more = workloads[0] ?? other?.long;
      if (more !== undefined) own.error(`error: --resume knows what to search from the folder; leave out ${more}`);
      await resumePareto(options.resume, options);
    });
}

/** Whether an option stands on the command line, rather than in a configuration or nowhere. */
function isGiven(command: Command, option: Option): boolean {
  return command.getOptionValueSource(option.attributeName()) === "cli";
}
