import type { ObjectiveName } from "@loopnest/optimizers";
import { Command, Option } from "commander";
import type { FuseOptions } from "../fuse/fusion-plan.js";
import { countsOption } from "../options/counts-option.js";
import { objectives } from "../options/objectives.js";
import { gathered, notNegative, oneOf, wholeNumber } from "../options/option-values.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest fuse`: what keeping on chip what layers hand each other is worth. */
export function fuseCommand(): Command {
  const command = new Command("fuse")
    .description(
      "say what a network gains if what one layer hands the next stays on chip, with the proof, edge by edge",
    )
    .argument("<workload>", "a network by name (see loopnest workloads), or a workload file with edges")
    .option("--target <target>", "accelerator template by name (see loopnest targets) or a target file", "gemmini")
    .addOption(
      new Option("--objective <name>", `what to minimise: ${objectives.join(", ")}`)
        .argParser(oneOf<ObjectiveName>(objectives))
        .default("edp"),
    )
    .option("--gap <share>", "stop this close to the proven optimum, 0.01 for 1 %", notNegative, 0)
    .option("--hardware", "find the hardware, too: sizes that are not given are free")
    .option("--pe <n>", "rows and columns of the array: --fix peDim=n", wholeNumber(1))
    .option("--fix <size=value>", "a hardware size (default: the target's); may be repeated", gathered, [])
    .option("--sweep <size=values>", "the same for several values of a size: scratchpadKb=64,128,256")
    .option("--dim <name=value>", "a size of a built-in network; may be repeated", gathered, [])
    .option("--energy-table <table>", "energy per access by name or from a file (default: the target's own)")
    .addOption(countsOption())
    .option(
      "-o, --output <path>",
      "write a run folder, for show, explain, report and evaluate --run; with --sweep, a picture: .html or .svg",
    )
    .option("--force", "replace whatever run is in that folder");
  return addOutputOptions(command, "totals, segments and edges", "a segment or an edge a line, or a value of the sweep")
    .addHelpText(
      "after",
      examples(
        ["loopnest fuse bert-base --dim sequence=512", "which edges of an encoder are worth fusing on gemmini"],
        ["loopnest fuse vit-b16 -o runs/fused", "keep it as a run, for show, explain and report"],
        [
          "loopnest fuse bert-base --sweep scratchpadKb=32,64,128,256,512 -o slope.html",
          "buffer size against DRAM words",
        ],
      ),
    )
    .action(async (workload: string, options: FuseOptions) => {
      const { fuse } = await import("../fuse/fuse.js");
      await fuse(workload, options);
    });
}
