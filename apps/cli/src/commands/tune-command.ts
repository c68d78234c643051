import { Command, Option } from "commander";
import { driverNames } from "../learned/driver-names.js";
import { gathered, oneOf, positiveNumber, wholeNumber } from "../options/option-values.js";
import type { TuneOptions } from "../tune/tune-options.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** Options that do not change what tuning is about. */
const WITH_RESUME = ["resume", "jobs", "batch", "timeout", "measurements", "workers", "retry", "json", "jsonl"];

/** `loopnest tune`: a chip of the user's in the loop of search, measurement and learning. */
export function tuneCommand(): Command {
  const command = new Command("tune")
    .description("measure, learn and search in rounds, with your simulator or board in the loop")
    .option("--target <target>", "the machine by name (see loopnest targets) or a target file")
    .option(
      "--measure <command>",
      "a program that reads cases as JSON Lines from standard input, or from the file {cases}, and writes a " +
        'line {"id", "cycles", "energyPj"?} or {"id", "error"} for each',
    )
    .option("--shell", "let a shell read the command; otherwise its words are the program and its arguments")
    .option(
      "--network <network...>",
      "a network by name, a workload file or an ONNX model; several share the machine",
      gathered,
      [],
    )
    .option(
      "--sample-network <network...>",
      "propose mappings of the layers of these, not of the networks that are searched; may be repeated",
      gathered,
      [],
    )
    .option("--measurements <n>", "measurements at most (default: 200)", wholeNumber(1))
    .option("--jobs <n>", "runs of the command at a time", wholeNumber(1), 1)
    .option("--batch <n>", "cases that one run of the command gets", wholeNumber(1), 1)
    .option("--timeout <seconds>", "end a run that gives no answer for so long (default: never)", positiveNumber)
    .option("--max-cycles <cycles>", "propose no mapping that the analytical model says takes longer", positiveNumber)
    .option("--retry", "measure cases that failed again")
    .option("--pe <n>", "rows and columns of the array: --fix peDim=n", wholeNumber(1))
    .option("--fix <size=value>", "a size of the machine; may be repeated; others are searched", gathered, [])
    .option("--built", "search no sizes: those that are not given take the target's defaults")
    .addOption(
      new Option("--driver <name>", `how software drives the machine: ${driverNames.join(", ")}`)
        .argParser(oneOf(driverNames))
        .default("plain"),
    )
    .option("--weight <name=n>", "how often a network runs beside the others; may be repeated", gathered, [])
    .option("--dim <name=value>", "a size of a built-in network or an ONNX model; may be repeated", gathered, [])
    .option("--energy-table <table>", "energy per access by name or from a file (default: the target's own)")
    .option("--samples <n>", "evaluations of the network in every search", wholeNumber(1), 2000)
    .option(
      "--starts <n>",
      "start points of every search (default: one for every 1,000 samples, 2 to 7)",
      wholeNumber(1),
    )
    .option("--seed <n>", "seed of all randomness", wholeNumber(0), 1)
    .option("--workers <n>", "threads of a search (default: one per core)", wholeNumber(1))
    .option("-o, --output <dir>", "folder; what it holds of the same tuning counts (default: runs/...-tune-...)")
    .option("--force", "take away what the folder holds of other tuning")
    .option("--resume <dir>", "go on with the tuning of this folder, however it ended; no options of other inputs");
  return addOutputOptions(command, "tune.json", "every measurement and round as they end, and the result last")
    .addHelpText(
      "after",
      examples(
        ['loopnest tune --target chip.yaml --measure "./simulate" --network net.yaml -o tuned', "200 measurements"],
        ["loopnest tune --resume tuned --measurements 400 --jobs 4", "go on, with more of them"],
      ),
    )
    .action(async (options: TuneOptions & { resume?: string }, own: Command) => {
      const { resumeTune, tune } = await import("../tune/tune.js");
      if (options.resume !== undefined) {
        const other = own.options.find(
          (option) =>
            own.getOptionValueSource(option.attributeName()) === "cli" && !WITH_RESUME.includes(option.attributeName()),
        );
        if (other) own.error(`error: --resume knows what to tune from the folder; leave out ${other.long}`);
        return resumeTune(options.resume, options);
      }
      for (const name of ["target", "measure"] as const) {
        if (options[name] === undefined) own.error(`error: required option --${name} is not given`);
      }
      if (options.network.length === 0) own.error("error: nothing to tune for; give a network with --network");
      return tune(options);
    });
}
