import { availableParallelism } from "node:os";
import { Command } from "commander";
import { positiveNumber, wholeNumber } from "../options/option-values.js";
import type { WorkerOptions } from "../queue/worker.js";
import { examples } from "./examples.js";
import { addOutputOptions } from "./output-options.js";

/** `loopnest worker`: does the searches of a queue. */
export function workerCommand(): Command {
  const command = new Command("worker")
    .description("do what loopnest sweep, compare, pareto and search put into a queue; may come and go at any time")
    .requiredOption("--queue <url>", "where the queue is: redis://, rediss:// or valkey://")
    .option("--threads <n>", "searches at a time (default: one per core)", wholeNumber(1))
    .option(
      "--lock <seconds>",
      "without a sign of life for so long, a worker's jobs are given to others",
      positiveNumber,
      30,
    );
  return addOutputOptions(command, "how many jobs it did, at its end", "the same in one line")
    .addHelpText(
      "after",
      examples(
        ["loopnest worker --queue redis://queue.example", "on as many machines as there are"],
        ["loopnest worker --queue redis://localhost --threads 2", "two searches at a time"],
      ),
    )
    .action(async (options: Omit<WorkerOptions, "threads"> & { threads?: number }) => {
      const { worker } = await import("../queue/worker.js");
      await worker({ ...options, threads: options.threads ?? availableParallelism() });
    });
}
