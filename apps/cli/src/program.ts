import { Command, CommanderError, Help, type Option } from "commander";
import { description, version } from "../package.json";
import { calibrateCommand } from "./commands/calibrate-command.js";
import { catalogueCommands } from "./commands/catalogue-commands.js";
import { compareCommand } from "./commands/compare-command.js";
import { evaluateCommand } from "./commands/evaluate-command.js";
import { examples } from "./commands/examples.js";
import { explainCommand } from "./commands/explain-command.js";
import { exportCommand } from "./commands/export-command.js";
import { fuseCommand } from "./commands/fuse-command.js";
import { importCommand } from "./commands/import-command.js";
import { mapCommand } from "./commands/map-command.js";
import { measureCommand } from "./commands/measure-command.js";
import { paretoCommand } from "./commands/pareto-command.js";
import { programCommands } from "./commands/program-commands.js";
import { reportCommands } from "./commands/report-command.js";
import { sampleCommand } from "./commands/sample-command.js";
import { searchCommand } from "./commands/search-command.js";
import { studioCommand } from "./commands/studio-command.js";
import { sweepCommand } from "./commands/sweep-command.js";
import { tuneCommand } from "./commands/tune-command.js";
import { workerCommand } from "./commands/worker-command.js";
import { type ExitCode, exitCodes } from "./errors/exit-code.js";
import { reportError } from "./errors/report-error.js";
import { findSettings } from "./settings/find-settings.js";
import { NO_SETTINGS } from "./settings/settable.js";

/** Runs the program with the arguments of a command line and returns its exit code. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let placed = (error: unknown) => error;
  try {
    const root = program();
    placed = await prepare(root, args);
    await root.parseAsync(args, { from: "user" });
    return exitCodes.done;
  } catch (error) {
    // Commander has printed what was asked for: help or version.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const { text, exitCode } = reportError(placed(error));
    if (text !== "") process.stderr.write(`${text}\n`);
    return exitCode;
  }
}

/**
 * Puts the settings of environment and file in place, if there are any and the command takes some.
 *
 * @returns What gives an error about a setting its place in the file.
 */
async function prepare(root: Command, [first = "", ...rest]: readonly string[]): Promise<(error: unknown) => unknown> {
  const asItIs = (error: unknown) => error;
  const takesSettings = root.commands.some((command) => command.name() === first) && !NO_SETTINGS.includes(first);
  if (!takesSettings || rest.includes("--help") || rest.includes("-h")) return asItIs;
  const file = findSettings();
  if (file === null && !Object.keys(process.env).some((name) => name.startsWith("LOOPNEST_"))) return asItIs;
  const { applySettings } = await import("./settings/apply-settings.js");
  return applySettings(root, file, process.env);
}

/** The program and all its commands. */
export function program(): Command {
  const root = new Command("loopnest")
    .description(description)
    .version(version)
    .addHelpText(
      "after",
      examples(
        ["loopnest search resnet50 --target gemmini", "hardware and mappings for a network"],
        ["loopnest evaluate --run runs/resnet50", "does a finished run reproduce?"],
        ["loopnest search --help", "all options of a command"],
      ),
    );
  const commands = [
    searchCommand(),
    mapCommand(),
    paretoCommand(),
    compareCommand(),
    sweepCommand(),
    workerCommand(),
    explainCommand(),
    fuseCommand(),
    evaluateCommand(),
    sampleCommand(),
    measureCommand(),
    calibrateCommand(),
    tuneCommand(),
    importCommand(),
    exportCommand(),
    ...reportCommands(),
    studioCommand(),
    ...catalogueCommands(),
    ...programCommands(),
  ];
  for (const command of commands) root.addCommand(command);
  configure(root);
  return root;
}

/**
 * Errors of a command and those below it are thrown, and put into words in one place; help is put into words in
 * another.
 */
function configure(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
  command.configureHelp({ optionDescription: describeOption });
  command.commands.forEach(configure);
}

/** What help says of an option: a list that is empty unless given has no default to tell. */
function describeOption(option: Option): string {
  const isEmptyList = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
  return isEmptyList ? option.description : new Help().optionDescription(option);
}
