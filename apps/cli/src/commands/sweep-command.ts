import { Command, type Option } from "commander";
import { wholeNumber } from "../options/option-values.js";
import { addStandIn } from "../options/stand-in.js";
import type { SweepOptions } from "../sweep/sweep.js";
import { examples } from "./examples.js";
import { addOutputOptions, type WithOutputForm } from "./output-options.js";

/** Options that do not change what a sweep is about. */
const WITH_RESUME = ["resume", "retryFailed", "workers", "queue", "json", "jsonl"];

/** `loopnest sweep`: all searches of a study. */
export function sweepCommand(): Command {
  const command = new Command("sweep")
    .description("run all searches of a study, each exactly once, on this machine or on many")
    .usage("study.yaml | status <dir|url> [options]");
  return addStandIn(command, runCommand())
    .addCommand(statusCommand())
    .addHelpText(
      "after",
      examples(
        ["loopnest sweep study.yaml --dry-run", "how many searches, and how long they may take"],
        ["loopnest sweep study.yaml -o sweeps/area", "all of them, with tables and a page"],
        ["loopnest sweep status sweeps/area", "how it goes"],
        ["loopnest sweep run --help", "all options"],
      ),
    );
}

/** The one that is meant where no other is named. */
function runCommand(): Command {
  const command = new Command("run")
    .description("run all searches of a study file; the word run may be left out")
    .argument("[study.yaml]", "networks, targets, objectives, limits, methods, seeds: docs/sweeps.md says how")
    .option("--dry-run", "say how many searches there are and how long they may take, and run none")
    .option("--workers <n>", "threads (default: one per core); does not change the answers", wholeNumber(1))
    .option("--queue <url>", "let workers do them (loopnest worker), by way of redis://, rediss:// or valkey://")
    .option("-o, --output <dir>", "folder, gone on with if it holds the same sweep (default: runs/sweep-NAME)")
    .option("--resume <dir>", "go on with the sweep of this folder, however it ended; no study, no other options")
    .option("--retry-failed <dir>", "go on with the sweep of this folder, and run again what has failed");
  return addOutputOptions(
    command,
    "how many searches are done, failed and left",
    "a search as it ends, the numbers last",
  )
    .addHelpText(
      "after",
      examples(
        ["loopnest sweep study.yaml -o sweeps/area --workers 4", "on four threads"],
        ["loopnest sweep --resume sweeps/area", "go on after an interruption, or kill -9"],
        ["loopnest sweep study.yaml --queue redis://queue.example", "on all machines where workers run"],
      ),
    )
    .action(async (study: string | undefined, options: RunOptions, own: Command) => {
      const { resumeSweep, sweep } = await import("../sweep/sweep.js");
      const { resume, retryFailed } = options;
      if (resume === undefined && retryFailed === undefined) {
        if (study === undefined) own.error("error: nothing to run; give a study, or --resume DIR");
        return sweep(study, options);
      }
      if (resume !== undefined && retryFailed !== undefined) {
        own.error("error: --retry-failed goes on with the sweep, too; leave out --resume");
      }
      const other = own.options.find((option) => isGiven(own, option) && !WITH_RESUME.includes(option.attributeName()));
      const more = study ?? other?.long;
      const flag = resume === undefined ? "--retry-failed" : "--resume";
      if (more !== undefined) own.error(`error: ${flag} knows what to run from the folder; leave out ${more}`);
      await resumeSweep((resume ?? retryFailed)!, options, retryFailed !== undefined);
    });
}

type RunOptions = SweepOptions & { readonly resume?: string; readonly retryFailed?: string };

function statusCommand(): Command {
  const command = new Command("status")
    .description("say how a sweep goes: done, running, failed, left, how fast, and what the workers do")
    .argument("<dir|url>", "folder of the sweep; or a queue, for all sweeps and workers there");
  return addOutputOptions(command, "the state", "the state in one line")
    .addHelpText("after", examples(["loopnest sweep status sweeps/area", "how it goes"]))
    .action(async (place: string, form: WithOutputForm) => {
      if (/^\w+:\/\//.test(place)) {
        const { queueStatus } = await import("../queue/queue-status.js");
        return queueStatus(place, form);
      }
      const { sweepStatus } = await import("../sweep/sweep-status.js");
      await sweepStatus(place, form);
    });
}

/** Whether an option stands on the command line, rather than in a configuration or nowhere. */
function isGiven(command: Command, option: Option): boolean {
  return command.getOptionValueSource(option.attributeName()) === "cli";
}
