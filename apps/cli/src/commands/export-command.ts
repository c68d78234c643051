import { Command, Option } from "commander";
import type { ExportCodeOptions } from "../exchange/export-code.js";
import type { ExportGemminiOptions } from "../exchange/export-gemmini.js";
import type { ExportTimeloopOptions } from "../exchange/export-timeloop.js";
import type { CaseSource } from "../exchange/mapped-cases.js";
import { countsOption } from "../options/counts-option.js";
import { excluding } from "../options/exclusion.js";
import { gathered } from "../options/option-values.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest export`: loopnest's own files in other programs' formats. */
export function exportCommand(): Command {
  return new Command("export")
    .description("write files for other programs")
    .addCommand(timeloopCommand())
    .addCommand(cCommand())
    .addCommand(traceCommand())
    .addCommand(gemminiCommand())
    .addHelpText("after", examples(["loopnest export timeloop --help", "all options"]));
}

function timeloopCommand(): Command {
  return layersCommand("timeloop", "write what timeloop-model takes, and print its command lines", "files")
    .addOption(countsOption())
    .addHelpText(
      "after",
      examples(
        ["loopnest export timeloop --run runs/resnet50 -o timeloop", "every layer of a run"],
        ["loopnest export timeloop --case case.yaml -o timeloop | sh", "and run Timeloop on it"],
      ),
    )
    .action(async (options: ExportTimeloopOptions, command: Command) => {
      checkSource(options, command);
      const { exportTimeloop } = await import("../exchange/export-timeloop.js");
      await exportTimeloop(options);
    });
}

function cCommand(): Command {
  return layersCommand("c", "write mapped layers as C programs with explicit buffers and copies", "file")
    .option("--layer <name>", "this layer of the run; may be repeated", gathered, [])
    .addHelpText(
      "after",
      examples(
        ["loopnest export c --run runs/bert --layer 01-projection -o c", "one layer of a run"],
        ["loopnest export c --case case.yaml -o c && cc c/layer.c && ./a.out", "compile it, run it, see what it moves"],
      ),
    )
    .action(codeAction("c"));
}

function traceCommand(): Command {
  return layersCommand("trace", "write the tiles that mapped layers move, for ui.perfetto.dev", "file")
    .option("--layer <name>", "this layer of the run; may be repeated", gathered, [])
    .addHelpText(
      "after",
      examples(["loopnest export trace --run runs/bert --layer 01-projection -o traces", "one layer"]),
    )
    .action(codeAction("trace"));
}

function gemminiCommand(): Command {
  const command = new Command("gemmini")
    .description("write a run's hardware as Gemmini's configuration, and its mappings as arguments of Gemmini's driver")
    .requiredOption("--run <dir>", "a run folder of the target gemmini")
    .requiredOption("-o, --output <dir>", "folder to write to; files that are there are replaced");
  return addOutputOptions(command, "parameters and calls", "the parameters, then a layer a line with its call")
    .addHelpText(
      "after",
      examples([
        "loopnest export gemmini --run runs/bert -o gemmini",
        "LoopnestConfigs.scala and loopnest_gemmini.h; what differs, by layer",
      ]),
    )
    .action(async (options: ExportGemminiOptions) => {
      const { exportGemmini } = await import("../exchange/export-gemmini.js");
      await exportGemmini(options);
    });
}

function layersCommand(name: string, description: string, what: "file" | "files"): Command {
  const command = new Command(name)
    .description(description)
    .addOption(excluding(new Option("--run <dir>", "a run folder: all of its layers"), "case"))
    .option("--case <file>", "one record (JSON or YAML): architecture, problem, mapping")
    .requiredOption("-o, --output <dir>", "folder to write to; files that are there are replaced");
  return addOutputOptions(command, `the ${what} of each layer`, `a layer a line, with its ${what}`);
}

function codeAction(form: "c" | "trace") {
  return async (options: ExportCodeOptions, command: Command) => {
    checkSource(options, command);
    const { exportCode } = await import("../exchange/export-code.js");
    await exportCode(form, options);
  };
}

function checkSource(options: CaseSource, command: Command): void {
  if (options.run !== undefined || options.case !== undefined) return;
  command.error("error: nothing to export; give one of --run DIR or --case FILE");
}
