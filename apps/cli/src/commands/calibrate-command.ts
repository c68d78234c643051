import { Command, Option } from "commander";
import type { CalibrateOptions } from "../learned/calibrate.js";
import { driverNames } from "../learned/driver-names.js";
import { gathered, oneOf, wholeNumber } from "../options/option-values.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest calibrate`: a learned model from measured cycles. */
export function calibrateCommand(): Command {
  const command = new Command("calibrate")
    .description("train a model on measured cycles of a chip, and say how well it does on layers that it has not seen")
    .requiredOption("--target <target>", "what was measured, by name (see loopnest targets) or a target file")
    .requiredOption(
      "--data <file>",
      "samples: a record a line (.jsonl) or a table (.csv): problem, mapping, cycles and, unless the smallest " +
        "that hold it are meant, hardware",
    )
    .requiredOption("-o, --output <file>", "the model, for --model of search, evaluate and sample")
    .option("--name <name>", "name of the model (default: the output's)")
    .addOption(
      new Option("--driver <name>", `how software drives the machine: ${driverNames.join(", ")}`)
        .argParser(oneOf(driverNames))
        .default("plain"),
    )
    .option("--pe <n>", "rows and columns of the array that was measured: --fix peDim=n", wholeNumber(1))
    .option("--fix <size=value>", "a size of the machine that was measured; may be repeated", gathered, [])
    .option(
      "--folds <n>",
      "parts of the layer shapes, each predicted by a model trained on the others",
      wholeNumber(2),
      10,
    )
    .option("--seed <n>", "seed of all randomness: the same one gives the same model", wholeNumber(0), 1)
    .option("--plot <file>", "predicted against measured cycles as a picture (.svg)")
    .option("--no-learning-curve", "leave out what fewer samples would have given");
  return addOutputOptions(
    command,
    "how well the model does",
    "a predictor, a point of the learning curve or a region that lacks samples a line",
  )
    .addHelpText(
      "after",
      examples(
        ["loopnest calibrate --target systolic --data samples.jsonl -o my-chip.json", "train and validate"],
        ["loopnest search net.yaml --target systolic --model my-chip.json", "search with what was learnt"],
      ),
    )
    .action(async (options: CalibrateOptions) => {
      const { calibrate } = await import("../learned/calibrate.js");
      await calibrate(options);
    });
}
