import { similarNames } from "@loopnest/mapspace";
import { Command } from "commander";
import type { ImportOnnxOptions } from "../exchange/import-onnx.js";
import type { ImportTimeloopOptions } from "../exchange/import-timeloop.js";
import { countsOption } from "../options/counts-option.js";
import { excluding } from "../options/exclusion.js";
import { gathered } from "../options/option-values.js";
import { addStandIn } from "../options/stand-in.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest import`: other programs' files in loopnest's own format. */
export function importCommand(): Command {
  const command = new Command("import")
    .description("read the files of other programs: import model.onnx, or import timeloop FILES")
    .usage("model.onnx | timeloop <files...> [options]");
  return addStandIn(command, onnxCommand())
    .addCommand(timeloopCommand())
    .addHelpText(
      "after",
      examples(
        ["loopnest import resnet50.onnx --dim batch_size=1 -o resnet50.yaml", "a workload file, and what it counts"],
        ["loopnest import onnx --help", "all options for ONNX models"],
        ["loopnest import timeloop --help", "all options for Timeloop's files"],
      ),
    );
}

/** The one that is meant where no other is named. */
function onnxCommand(): Command {
  const command = new Command("onnx")
    .description("read an ONNX model as a workload; the word onnx may be left out")
    .argument("<model.onnx>", "an ONNX model; its weights are not needed")
    .option("--dim <name=value>", "a size that the model leaves open; may be repeated", gathered, [])
    .option("--no-fuse", "let every element-wise operator read its inputs and write its outputs")
    .option("--strict", "refuse a model with operators that loopnest does not know or cannot count")
    .option("-o, --output <file>", "workload file to write, .yaml or .json (default: standard output)");
  return addOutputOptions(command, "inputs, operators and workload", "an operator a line, and what it was counted as")
    .addHelpText(
      "after",
      examples(
        ["loopnest import resnet50.onnx --dim batch_size=1 -o resnet50.yaml", "a workload file, and what it counts"],
        ["loopnest search resnet50.onnx --dim batch_size=1", "or search the model as it is"],
      ),
    )
    .action(async (model: string, options: ImportOnnxOptions, own: Command) => {
      const { isOnnxFile } = await import("../input/onnx-input.js");
      if (!isOnnxFile(model)) {
        const [similar] = similarNames(model, ["timeloop"]);
        const fix = similar === undefined ? "give a file whose name ends in .onnx" : `did you mean import ${similar}?`;
        own.error(`error: ${model} is no ONNX model; ${fix}`);
      }
      const { importOnnx } = await import("../exchange/import-onnx.js");
      await importOnnx(model, options);
    });
}

function timeloopCommand(): Command {
  const command = new Command("timeloop")
    .description(
      "read what a Timeloop run is given (architecture, problem, mapping, constraints, ERT, ART) and write a " +
        "case for " +
        "loopnest evaluate; without a mapping, architecture and problem",
    )
    .argument("<files...>", "Timeloop's files in any order; what a file is, is told by what is in it")
    .option("--ert <file>", "Accelergy's energy reference table; may also be among the files")
    .option("--art <file>", "Accelergy's area reference table; may also be among the files")
    .option("--energy-table <table>", "all energies and areas by name or from a file, instead of those in the files")
    .option(
      "--max-energies",
      "charge the dearest of read, fill and update where an ERT tells them apart, without a note",
    )
    .option("--ignore <name>", "leave out a component or attribute; may be repeated", gathered, [])
    .addOption(excluding(countsOption(), "asTarget"))
    .option("--as-target", "write a target with all sizes fixed, its energies and the problem as a workload")
    .option(
      "-o, --output <name>",
      "a file (.yaml, .json) or, for several documents, a folder (default: standard output)",
    );
  return addOutputOptions(command, "the documents instead of YAML, or write them", "a document a line, with its name")
    .addHelpText(
      "after",
      examples(
        ["loopnest import timeloop arch.yaml problem.yaml map.yaml -o case.yaml", "a case for loopnest evaluate"],
        ["loopnest import timeloop *.yaml --energy-table cacti-40nm", "with energies of a built-in table"],
        ["loopnest import timeloop *.yaml --as-target -o machine", "files for loopnest search"],
      ),
    )
    .action(async (files: readonly string[], options: ImportTimeloopOptions) => {
      const { importTimeloop } = await import("../exchange/import-timeloop.js");
      await importTimeloop(files, options);
    });
}
