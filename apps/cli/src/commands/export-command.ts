import { Command, Option } from "commander";
import type { ExportTimeloopOptions } from "../exchange/export-timeloop.js";
import { excluding } from "../options/exclusion.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest export`: loopnest's own files in other programs' formats. */
export function exportCommand(): Command {
  return new Command("export")
    .description("write files for other programs")
    .addCommand(timeloopCommand())
    .addHelpText("after", examples(["loopnest export timeloop --help", "all options"]));
}

function timeloopCommand(): Command {
  const command = new Command("timeloop")
    .description("write what timeloop-model takes, and print its command lines")
    .addOption(excluding(new Option("--run <dir>", "a run folder: one folder for each layer"), "case"))
    .option("--case <file>", "one record (JSON or YAML): architecture, problem, mapping")
    .requiredOption("-o, --output <dir>", "folder to write to; files that are there are replaced");
  return addOutputOptions(command, "the files of each layer", "a layer a line, with its files")
    .addHelpText(
      "after",
      examples(
        ["loopnest export timeloop --run runs/resnet50 -o timeloop", "every layer of a run"],
        ["loopnest export timeloop --case case.yaml -o timeloop | sh", "and run Timeloop on it"],
      ),
    )
    .action(async (options: ExportTimeloopOptions, command: Command) => {
      if (options.run === undefined && options.case === undefined) {
        command.error("error: nothing to export; give one of --run DIR or --case FILE");
      }
      const { exportTimeloop } = await import("../exchange/export-timeloop.js");
      await exportTimeloop(options);
    });
}
