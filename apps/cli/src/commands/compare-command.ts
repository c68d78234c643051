import { targetNames } from "@loopnest/mapspace";
import type { ObjectiveName } from "@loopnest/optimizers";
import { Command, Option } from "commander";
import type { CompareOptions } from "../compare/compare-options.js";
import { countsOption } from "../options/counts-option.js";
import { objectives } from "../options/objectives.js";
import { gathered, listOf, oneOf, positiveNumber, wholeNumber } from "../options/option-values.js";
import { comparedMethods, DEFAULT_SAMPLES } from "../plan/methods.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

const SEEDS = 5;
/** Seconds. */
const EXACT_LIMIT = 1800;
/** Options that do not change what is compared. */
const WITH_RESUME = ["resume", "workers", "queue", "json", "jsonl"];

/** `loopnest compare`: every search method on the same networks, with the same budget. */
export function compareCommand(): Command {
  const command = new Command("compare")
    .description(
      "run several search methods with the same budget and set them side by side, the certified optimum beside them",
    )
    .argument("[workloads...]", "networks by name (see loopnest workloads), workload files or ONNX models")
    .option("--target <target>", "accelerator template by name (see loopnest targets) or a target file", "gemmini")
    .option("--methods <names>", `methods, with commas between: ${comparedMethods.join(", ")} (default: all)`, listOf)
    .option("--seeds <n>", "run every method with seeds 1 to n", wholeNumber(1), SEEDS)
    .option("--samples <n>", "evaluations of the network in every run", wholeNumber(1), DEFAULT_SAMPLES)
    .addOption(
      new Option("--objective <name>", `what to minimise: ${objectives.join(", ")}`)
        .argParser(oneOf<ObjectiveName>(objectives))
        .default("edp"),
    )
    .option("--max-area <mm2>", "area limit in mm2", positiveNumber)
    .option("--max-latency <cycles>", "latency limit of the whole network in cycles", positiveNumber)
    .option("--fix <size=value>", "give a hardware size instead of searching it; may be repeated", gathered, [])
    .option("--pe <n>", "rows and columns of the array: --fix peDim=n", wholeNumber(1))
    .option("--energy-table <table>", "energy per access by name or from a file (default: the target's own)")
    .addOption(countsOption())
    .option(
      "--dim <name=value>",
      "a size of a built-in network, or one that an ONNX model leaves open; may be repeated",
      gathered,
      [],
    )
    .option(
      "--fixed <targets>",
      `machines as they were built, mapped as well as can be, with commas between: ${targetNames.join(", ")} or files`,
      listOf,
    )
    .option("--no-optimum", "leave out the exact search for the certified optimum")
    .option("--exact-limit <seconds>", "seconds that one exact search may take", positiveNumber, EXACT_LIMIT)
    .option("--workers <n>", "runs at a time, each on a thread of its own (default: one per core)", wholeNumber(1))
    .option("--queue <url>", "let workers do the runs (loopnest worker), by way of redis://, rediss:// or valkey://")
    .option(
      "-o, --output <dir>",
      "folder; finished runs of the same inputs and options in it count (default: runs/compare-...)",
    )
    .option("--force", "take the folder whatever is in it; runs of other inputs or options are replaced")
    .option("--resume <dir>", "go on with the comparison of this folder; no workloads, no other options");
  return addOutputOptions(command, "compare.json", "every run as it ends, and the comparison last")
    .addHelpText(
      "after",
      examples(
        ["loopnest compare bert resnet50 -o runs/compared", "all methods, 5 seeds each"],
        ["loopnest compare bert --methods descent,random --seeds 3 --samples 2000", "two methods, quickly"],
        ["loopnest compare bert --fixed gemmini,eyeriss,nvdla-small", "beside machines as they were built"],
        ["loopnest compare --resume runs/compared", "go on after an interruption"],
      ),
    )
    .action(async (workloads: readonly string[], options: Options, own: Command) => {
      const { compare, resumeCompare } = await import("../compare/compare.js");
      if (options.resume === undefined) {
        if (workloads.length === 0) own.error("error: nothing to compare; give workloads, or --resume DIR");
        return compare(workloads, { ...options, methods: options.methods ?? [], fixed: options.fixed ?? [] });
      }
      const other = own.options.find(
        (option) =>
          own.getOptionValueSource(option.attributeName()) === "cli" && !WITH_RESUME.includes(option.attributeName()),
      );
      const more = workloads[0] ?? other?.long;
      if (more !== undefined) own.error(`error: --resume knows what to compare from the folder; leave out ${more}`);
      await resumeCompare(options.resume, options);
    });
}

type Options = Omit<CompareOptions, "methods" | "fixed"> &
  Partial<Pick<CompareOptions, "methods" | "fixed">> & { readonly resume?: string };
