import { Command, Option } from "commander";
import type { ExplainOptions } from "../explain/explain-options.js";
import { countsOption } from "../options/counts-option.js";
import { excluding } from "../options/exclusion.js";
import { gathered } from "../options/option-values.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest explain`: why a run, a layer or a mapping costs what it costs, or does not fit. */
export function explainCommand(): Command {
  const command = new Command("explain")
    .description("say where energy and cycles of a run, a layer or a mapping go, and what would change them")
    .argument("[run]", "run folder")
    .option("--layer <name>", "explain the mapping of this layer of the run; may be repeated", gathered, [])
    .option("--adapt", "also search, for every size of the run, what half and twice of it would be worth")
    .addOption(
      excluding(
        new Option("--prices", "what every access, idle cycle and area of the run's hardware costs, and the source"),
        "layer",
        "adapt",
      ),
    )
    .addOption(
      excluding(
        new Option("--case <file>", "explain one record instead: architecture, problem, mapping (JSON or YAML)"),
        "layer",
        "adapt",
        "prices",
      ),
    )
    .option("--target <target>", "with --case: the nearest mapping that fits must be one that this target can run");
  command.addOption(countsOption("the record's own"));
  return addOutputOptions(command, "the data", "a layer or an operator a line, with its explanation")
    .addHelpText(
      "after",
      examples(
        ["loopnest explain runs/resnet50", "bottlenecks of all layers, elasticities of EDP"],
        ["loopnest explain runs/resnet50 --layer fc", "one layer: loop nest, tiles, traffic, what it waits for"],
        ["loopnest explain runs/resnet50 --adapt", "what would a bigger scratchpad buy?"],
        ["loopnest explain runs/resnet50 --prices", "every price with its source"],
        ["loopnest explain --case case.yaml", "a mapping; if it does not fit, why, and the nearest that does"],
      ),
    )
    .action(async (run: string | undefined, options: ExplainOptions, command: Command) => {
      if ((run === undefined) === (options.case === undefined)) {
        command.error("error: give either a run folder or --case FILE");
      }
      const ofCase = (["target", "counts"] as const).find((name) => options[name] !== undefined);
      if (options.case === undefined && ofCase !== undefined) {
        command.error(`error: --${ofCase} goes with --case; a run has its own`);
      }
      const { explain } = await import("../explain/explain.js");
      await explain(run, options);
    });
}
