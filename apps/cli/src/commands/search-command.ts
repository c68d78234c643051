import { Command, type Option } from "commander";
import { gathered, positiveNumber, shareAbove0 } from "../options/option-values.js";
import type { SearchCommandOptions } from "../plan/search-options.js";
import { addSearchOptions } from "./add-search-options.js";
import { examples } from "./examples.js";

/** Options that do not change what a search is about. */
const WITH_RESUME = ["resume", "workers", "queue", "json", "jsonl", "certificate"];

/** `loopnest search`: hardware and mappings for a network. */
export function searchCommand(): Command {
  const command = new Command("search")
    .description("find an accelerator and a mapping for every layer of a network, or of several, together")
    .argument(
      "[workload...]",
      "a network by name (see loopnest workloads), a workload file or an ONNX model; several share the accelerator",
    )
    .option("--max-area <mm2>", "area limit in mm2", positiveNumber)
    .option("--max-latency <cycles>", "latency limit of the whole network in cycles", positiveNumber)
    .option("--max-energy <uJ>", "energy limit of the whole network in uJ", positiveNumber)
    .option("--max-edp <n>", "limit of energy x delay of the whole network in uJ x cycles", positiveNumber)
    .option(
      "--within <share>",
      "the least area, then energy, among designs this close to the best: 5% (objective area: the least energy)",
      shareAbove0,
    )
    .option("--fix <size=value>", "give a hardware size instead of searching it; may be repeated", gathered, []);
  return addSearchOptions(command)
    .option(
      "--certificate <file>",
      "exact: write the proof as boxes of hardware with their bounds, for evaluate --certificate to check",
    )
    .option(
      "--resume <dir>",
      "go on with the interrupted search of this folder, however it ended; no workload, no other options",
    )
    .addHelpText(
      "after",
      examples(
        ["loopnest search resnet50 --target gemmini -o runs/resnet50", "minimise energy x delay"],
        ["loopnest search bert --target gemmini --objective latency --max-area 2", "fastest within 2 mm2"],
        ["loopnest search resnet50 --within 5%", "the smallest design that costs at most 5 % more"],
        ["loopnest search resnet50 bert --weight bert=3", "one for both, where bert runs 3 times as often"],
        ["loopnest search --resume runs/resnet50", "go on after an interruption"],
        ["loopnest search net.yaml --target gemmini --fix peDim=16 --json", "a 16 x 16 array, result as JSON"],
      ),
    )
    .action(async (workloads: string[], options: SearchCommandOptions & { resume?: string }, own: Command) => {
      const { resumeSearch, search } = await import("../search/search.js");
      if (options.resume === undefined) {
        if (workloads.length === 0) own.error("error: nothing to search; give a workload, or --resume DIR");
        return search(workloads, options);
      }
      const other = own.options.find((option) => isGiven(own, option) && !WITH_RESUME.includes(option.attributeName()));
      const more = workloads[0] ?? other?.long;
      if (more !== undefined) own.error(`error: --resume knows what to search from the folder; leave out ${more}`);
      await resumeSearch(options.resume, options);
    });
}

/** Whether an option stands on the command line, rather than in a configuration or nowhere. */
function isGiven(command: Command, option: Option): boolean {
  return command.getOptionValueSource(option.attributeName()) === "cli";
}
