import { type ObjectiveName, objectiveNames } from "@loopnest/optimizers";
import { Command, Option } from "commander";
import { methodNames } from "../search/methods.js";
import type { SearchCommandOptions } from "../search/search-options.js";
import { examples } from "./examples.js";
import { gathered, oneOf, positiveNumber, wholeNumber } from "./option-values.js";

const ORDERS = ["fixed", "iterated", "gumbel", "softmax"] as const;

/** `loopnest search`: hardware and mappings for a network. */
export function searchCommand(): Command {
  return new Command("search")
    .description("find an accelerator and a mapping for every layer of a network, together")
    .argument("<workload>", "a network by name (see loopnest workloads) or a workload file")
    .option("--target <target>", "accelerator template by name (see loopnest targets) or a target file", "gemmini")
    .addOption(choice("--method <name>", "how to search", methodNames).default("descent"))
    .addOption(choice<ObjectiveName>("--objective <name>", "what to minimise", objectiveNames).default("edp"))
    .option("--max-area <mm2>", "area limit in mm2", positiveNumber)
    .option("--max-latency <cycles>", "latency limit of the whole network in cycles", positiveNumber)
    .option("--fix <size=value>", "give a hardware size instead of searching it; may be repeated", gathered, [])
    .option("--energy-table <table>", "energy per access by name or from a file (default: the target's own)")
    .option(
      "--seed <n>",
      "seed of all randomness: the same one gives the same answer",
      wholeNumber(Number.MIN_SAFE_INTEGER),
      1,
    )
    .option("--starts <n>", "descent: start points (default: 7)", wholeNumber(1))
    .addOption(
      new Option("--steps <n>", "descent: evaluations of the network per start (default: 1490)")
        .argParser(wholeNumber(1))
        .conflicts("samples"),
    )
    .option("--samples <n>", "evaluations of the network in all (default: starts x steps)", wholeNumber(1))
    .addOption(choice("--orders <how>", "descent: how loop orders are chosen on the way", ORDERS))
    .option("--workers <n>", "threads (default: one per core); does not change the answer", wholeNumber(1))
    .option("-o, --output <dir>", "run folder (default: runs/ and a name made from inputs and options)")
    .option("--force", "replace another run in the folder")
    .option("--json", "print result.json instead of the table")
    .addHelpText(
      "after",
      examples(
        ["loopnest search resnet50 --target gemmini -o runs/resnet50", "minimise energy x delay"],
        ["loopnest search bert --target gemmini --objective latency --max-area 2", "fastest within 2 mm2"],
        ["loopnest search net.yaml --target gemmini --fix peDim=16 --json", "a 16 x 16 array, result as JSON"],
      ),
    )
    .action(async (workload: string, options: SearchCommandOptions) => {
      const { search } = await import("../search/search.js");
      await search(workload, options);
    });
}

function choice<T extends string>(flags: string, description: string, names: readonly T[]): Option {
  return new Option(flags, `${description}: ${names.join(", ")}`).argParser(oneOf(names));
}
