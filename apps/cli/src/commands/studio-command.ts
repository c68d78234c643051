import { Command } from "commander";
import { wholeNumber } from "../options/option-values.js";
import type { StudioOptions } from "../studio/studio.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest studio`: the page to think on, served to this machine alone, or written to a folder. */
export function studioCommand(): Command {
  const command = new Command("studio")
    .description("open the studio in a browser: networks, machines, mappings, searches, with the exact model")
    .argument("[files...]", "what to open there: run folders, ONNX models, networks, targets, cases")
    .option("--port <n>", "port to serve on (default: a free one)", wholeNumber(1))
    .option("--no-open", "print the address, open no browser")
    .option("-o, --output <dir>", "write its files to this folder, for any web host, and serve nothing");
  return addOutputOptions(command, "the address, or the files that were written", "the address, or a file")
    .addHelpText(
      "after",
      examples(
        ["loopnest studio", "a built-in network to begin with"],
        ["loopnest studio runs/a runs/b", "two runs side by side"],
        ["loopnest studio model.onnx", "the operators of a model"],
        ["loopnest studio -o site", "static files, for any web host"],
      ),
    )
    .action(async (files: readonly string[], options: StudioOptions) => {
      const { studio } = await import("../studio/studio.js");
      await studio(files, options);
    });
}
