import type { ObjectiveName } from "@loopnest/optimizers";
import { type Command, Option } from "commander";
import { countsOption } from "../options/counts-option.js";
import { excluding } from "../options/exclusion.js";
import { objectives } from "../options/objectives.js";
import {
  elementBits,
  gathered,
  notNegative,
  oneOf,
  paddingShare,
  positiveNumber,
  wholeNumber,
} from "../options/option-values.js";
import { methodNames, offeredMethod } from "../plan/methods.js";
import { type HelpText, helpWidth, wrappedColumns } from "./help-text.js";
import { addOutputOptions } from "./output-options.js";

const ORDERS = ["fixed", "iterated", "gumbel", "softmax"] as const;

/** What a command's output options say of themselves. */
export interface OutputTexts {
  /** What `--json` prints. */
  readonly json: string;
  /** What a line of `--jsonl` is. */
  readonly jsonl: string;
  /** What `--output` is. */
  readonly output: string;
  readonly force: string;
}

const SEARCH_OUTPUT: OutputTexts = {
  json: "result.json",
  jsonl: "every improvement, and the result last",
  output: "run folder",
  force: "replace another run in the folder",
};

/** Adds the options that every search takes, whatever it searches. */
export function addSearchOptions(command: Command, texts: OutputTexts = SEARCH_OUTPUT): Command {
  const withOptions = command
    .option("--target <target>", "accelerator template by name (see loopnest targets) or a target file", "gemmini")
    .addOption(choice("--method <name>", "how to search", methodNames).default("descent"))
    .addOption(choice<ObjectiveName>("--objective <name>", "what to minimise", objectives).default("edp"))
    .option("--pe <n>", "rows and columns of the array: --fix peDim=n", wholeNumber(1))
    .option(
      "--model <model>",
      "minimise what a learned model says of latency (gemmini-rtl, or a file of loopnest calibrate or tune), or " +
        "a model of your own: a module (./model.mjs), whose code then runs, or a program ('exec:CMD')",
    )
    .option(
      "--uncertainty-penalty <n>",
      "with --model: count every latency this many of its deviations slower (default: 0)",
      positiveNumber,
    )
    .addOption(countsOption())
    .option(
      "--weight <name=n>",
      "of several networks: how often this one runs beside the others (default: once); may be repeated",
      gathered,
      [],
    )
    .option(
      "--dim <name=value>",
      "a size of a built-in network (sequence, context, imageSize, batch) or one that an ONNX model leaves " +
        "open; may be repeated",
      gathered,
      [],
    )
    .option(
      "--bits <tensor=n>",
      "bits of an element: weights=4,inputs=8,outputs=8,partialSums=32, dataMovement=8 for other operators " +
        "(default: what the workload says, else one word of every level)",
      elementBits,
    )
    .option("--strict", "refuse a network with operators that loopnest does not know or cannot count")
    .option(
      "--pad <how>",
      "run dimensions at larger bounds that divide better: auto (primes above 7, by up to 10 %), off, or a " +
        "share of every bound (5%)",
      paddingShare,
      "auto",
    )
    .option("--energy-table <table>", "energy per access by name or from a file (default: the target's own)")
    .option(
      "--seed <n>",
      "seed of all randomness: the same one gives the same answer",
      wholeNumber(Number.MIN_SAFE_INTEGER),
      1,
    )
    .option(
      "--starts <n>",
      "descent: start points; with --samples one for every 1,000, 2 to 7 (default: 7)",
      wholeNumber(1),
    )
    .addOption(
      excluding(
        new Option("--steps <n>", "descent: evaluations of the network per start (default: 1490)").argParser(
          wholeNumber(1),
        ),
        "samples",
      ),
    )
    .option("--samples <n>", "evaluations of the network in all (default: starts x steps, 10430)", wholeNumber(1))
    .addOption(choice("--orders <how>", "descent: how loop orders are chosen on the way", ORDERS))
    .option("--gap <share>", "exact: stop this close to the proven optimum, 0.01 for 1 % (default: 0)", notNegative)
    .option("--uneven", "exact: tensors of a level may be placed apart, where the target can; on given hardware")
    .option("--designs <n>", "cosa: hardware designs that are drawn (default: 20)", wholeNumber(1))
    .option("--workers <n>", "threads (default: one per core); does not change the answer", wholeNumber(1))
    .option("--queue <url>", "let workers do it (loopnest worker), by way of redis://, rediss:// or valkey://")
    .option("-o, --output <dir>", `${texts.output} (default: runs/ and a name made from inputs and options)`)
    .option("--force", texts.force)
    .addHelpText("after", methodsHelp);
  return addOutputOptions(withOptions, texts.json, texts.jsonl);
}

/** What every method is, and the options that it takes beside `--seed`. */
const methodsHelp: HelpText = (context) => {
  const rows = methodNames.map((name) => {
    const { summary, takes } = offeredMethod(name);
    return [name, `${summary} (${takes.map((option) => `--${option}`).join(", ")})`] as const;
  });
  return `\nMethods, and the options of their own that they take:\n${wrappedColumns(rows, helpWidth(context))}`;
};

function choice<T extends string>(flags: string, description: string, names: readonly T[]): Option {
  return new Option(flags, `${description}: ${names.join(", ")}`).argParser(oneOf(names));
}
