import { Command } from "commander";
import { gathered, oneOf } from "../options/option-values.js";
import type { ReportOptions } from "../report/report.js";
import type { ShowOptions } from "../show/show.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest report` and `loopnest show`: finished runs to look at, on a page and in the terminal. */
export function reportCommands(): Command[] {
  return [reportCommand(), showCommand()];
}

function reportCommand(): Command {
  const command = new Command("report")
    .description("write a page about runs that needs nothing else, and charts as files")
    .argument("<runs...>", "run folders; several are compared side by side")
    .option(
      "-o, --output <file>",
      "the page, or a folder for it; - for standard output (default: report.html, or none with --charts)",
    )
    .option("--charts <dir>", "write every chart as a file to this folder")
    .option("--format <name>", "of the charts: svg, png, both", oneOf(["svg", "png", "both"]), "both");
  return addOutputOptions(command, "the files that were written", "a file that was written a line")
    .addHelpText(
      "after",
      examples(
        ["loopnest report runs/resnet50 -o resnet50.html", "one run"],
        ["loopnest report runs/a runs/b runs/c", "three runs side by side"],
        ["loopnest report runs/resnet50 --charts charts", "charts for a paper, as SVG and PNG"],
      ),
    )
    .action(async (runs: readonly string[], options: ReportOptions) => {
      const { report } = await import("../report/report.js");
      await report(runs, options);
    });
}

function showCommand(): Command {
  const command = new Command("show")
    .description("show a run in the terminal: totals, hardware, a bar per layer, loop nests")
    .argument("<run>", "run folder")
    .option("--layer <name>", "show the loop nest of this layer only; may be repeated", gathered, []);
  return addOutputOptions(command, "result.json", "a layer or an operator a line, with its figures")
    .addHelpText(
      "after",
      examples(
        ["loopnest show runs/resnet50", "everything"],
        ["loopnest show runs/resnet50 --layer fc", "one layer's loop nest"],
      ),
    )
    .action(async (run: string, options: ShowOptions) => {
      const { show } = await import("../show/show.js");
      await show(run, options);
    });
}
