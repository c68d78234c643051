import { Command, Option } from "commander";
import type { CountingName } from "../evaluate/counting.js";
import { countsOption } from "../options/counts-option.js";
import { excluding } from "../options/exclusion.js";
import { gathered, wholeNumber } from "../options/option-values.js";
import type { OutputForm } from "../terminal/print-data.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

interface EvaluateOptions extends OutputForm {
  readonly case?: string;
  readonly cases?: string;
  readonly run?: string;
  readonly certificate?: string;
  readonly model?: string;
  readonly target?: string;
  readonly pe?: number;
  readonly fix: readonly string[];
  readonly counts?: CountingName;
}

/** `loopnest evaluate`: the exact model on cases, or on a finished run. */
export function evaluateCommand(): Command {
  const command = new Command("evaluate")
    .description("evaluate mappings with the exact model, one JSON line per record; or check a finished run")
    .addOption(
      excluding(
        new Option("--case <file>", "one record (JSON or YAML): architecture, problem, mapping"),
        "cases",
        "run",
      ),
    )
    .addOption(
      excluding(new Option("--cases <file>", "a record per line (.jsonl, .jsonl.gz, or - for standard input)"), "run"),
    )
    .option("--run <dir>", "re-evaluate a run folder and say whether every figure reproduces")
    .addOption(
      excluding(
        new Option("--certificate <file>", "check the proof that search --certificate wrote, without the search"),
        "case",
        "cases",
        "run",
        "model",
      ),
    )
    .addOption(
      excluding(
        new Option(
          "--model <model>",
          "with --cases: add the cycles that a learned model predicts " +
            "(gemmini-rtl, or a file of loopnest calibrate); with --run: lets the code run that the run was " +
            "searched with",
        ),
        "case",
      ),
    )
    .option(
      "--target <target>",
      "with --model: what cases without an architecture run on (default: the model's own); with --certificate: " +
        "what it must be about",
    )
    .option("--pe <n>", "with --model: rows and columns of their array: --fix peDim=n", wholeNumber(1))
    .option("--fix <size=value>", "with --model: another size of their machine; may be repeated", gathered, []);
  command.addOption(excluding(countsOption("the record's own", ["looptree"]), "run", "model"));
  return addOutputOptions(
    command,
    "the record, or all of them as one list, or what of a run does not reproduce",
    "a record a line, the default; or a line about a run",
  )
    .addHelpText(
      "after",
      examples(
        ["loopnest evaluate --case runs/bert/layers/01-projection.yaml", "one layer of a run"],
        ["loopnest evaluate --cases cases.jsonl.gz > counts.jsonl", "thousands of records"],
        ["loopnest evaluate --counts looptree --cases trees.jsonl", "AccelForge's mapping trees, as it counts them"],
        ["loopnest evaluate --run runs/resnet50", "does the run reproduce?"],
        ["loopnest evaluate --certificate proof.json --target gemmini", "is the optimum one, by another program?"],
        ["loopnest evaluate --model gemmini-rtl --cases mappings.jsonl", "what the real chip would take"],
      ),
    )
    .action(async (options: EvaluateOptions, command: Command) => {
      if (options.run !== undefined) {
        const { evaluateRun } = await import("../evaluate/evaluate-run.js");
        return evaluateRun(options.run, options);
      }
      if (options.certificate !== undefined) {
        const { checkCertificateFile } = await import("../certificate/check-certificate-file.js");
        return checkCertificateFile(options.certificate, options);
      }
      const other = (["target", "pe"] as const).find((name) => options[name] !== undefined);
      if (options.model === undefined && (other !== undefined || options.fix.length > 0)) {
        command.error(`error: --${other ?? "fix"} goes with --model MODEL`);
      }
      const file = options.case ?? options.cases;
      if (file === undefined) {
        command.error(
          "error: nothing to evaluate; give one of --case FILE, --cases FILE.jsonl, --run DIR or --certificate FILE",
        );
      }
      const { lineWriter } = await import("../terminal/line-writer.js");
      const { inList, indented } = await import("../terminal/record-writer.js");
      const isOne = options.case !== undefined && options.model === undefined && !/\.jsonl(\.gz)?$/.test(file);
      const writer = !options.json ? lineWriter() : isOne ? indented(lineWriter()) : inList(lineWriter());
      try {
        if (options.model !== undefined) {
          const { predictCases } = await import("../learned/predict-cases.js");
          const summary = await predictCases(file, { ...options, model: options.model }, (line) => writer.line(line));
          if (summary !== "") process.stderr.write(`${summary}\n`);
        } else if (isOne) {
          const { evaluateCase } = await import("../evaluate/evaluate-case.js");
          await evaluateCase(file, options.counts, (line) => void writer.line(line));
        } else {
          const { evaluateCases } = await import("../evaluate/evaluate-cases.js");
          await evaluateCases(file, options.counts, (line) => writer.line(line));
        }
      } finally {
        await writer.end();
      }
    });
}
