import { Command } from "commander";
import type { SampleOptions } from "../learned/sample.js";
import { gathered, wholeNumber } from "../options/option-values.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest sample`: mappings that are worth measuring. */
export function sampleCommand(): Command {
  const command = new Command("sample")
    .description(
      "propose mappings to measure on a chip: spread over the mapspace, or those that would teach a model most",
    )
    .requiredOption("--target <target>", "the machine by name (see loopnest targets) or a target file")
    .requiredOption("-n, --n <n>", "how many", wholeNumber(1))
    .option(
      "--workload <workload>",
      "layers to map, by name or file; may be repeated (default: resnet50)",
      gathered,
      [],
    )
    .option("--model <model>", "a calibrated model: propose the mappings that it is least sure of")
    .option("--pe <n>", "rows and columns of the array: --fix peDim=n", wholeNumber(1))
    .option("--fix <size=value>", "a size of the machine that will measure; may be repeated", gathered, [])
    .option("--seed <n>", "seed of all randomness", wholeNumber(0), 1)
    .option("-o, --output <file>", "cases, one a line, for loopnest measure (default: standard output)");
  return addOutputOptions(command, "the cases, or with -o where they are,", "a case a line; the default")
    .addHelpText(
      "after",
      examples(
        ["loopnest sample --target systolic --pe 8 --workload net.yaml -n 200 -o cases.jsonl", "what to measure first"],
        ["loopnest sample --target systolic -n 50 --model my-chip.json -o more.jsonl", "what would teach most"],
      ),
    )
    .action(async (options: SampleOptions) => {
      const { sample } = await import("../learned/sample.js");
      await sample(options);
    });
}
