import { availableParallelism } from "node:os";
import { whole } from "@loopnest/report";
import { SimulatorError } from "@loopnest/target-systolic";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { watchInterruption } from "../terminal/interruption.js";
import { jsonLines, jsonText, type OutputForm } from "../terminal/print-data.js";
import { measureProgress } from "./measure-progress.js";
import { measureSystolic, systolicCase } from "./measure-systolic.js";
import type { MeasuredTarget } from "./measured-targets.js";
import { readCases } from "./read-cases.js";
import { openSampleFile, type SampleFile, type SampleRecord } from "./sample-file.js";

/** The options of `loopnest measure`. */
export interface MeasureOptions extends OutputForm {
  readonly target: MeasuredTarget;
  readonly cases: string;
  /** Standard output unless given. */
  readonly output?: string;
  readonly workers?: number;
}

/**
 * `loopnest measure`: runs the cases that the output does not hold yet and adds a line for each as it ends.
 *
 * @throws LoopnestError for bad input, before anything is run; Failure if a tool is missing, a run goes wrong or is
 * interrupted.
 */
export async function measure(options: MeasureOptions): Promise<void> {
  if (options.output === undefined) {
    // So that `loopnest tune` can measure with it; all is printed, whatever form is asked for.
    const printed = { has: () => false, add: async () => {} };
    return measureInto(printed, { ...options, json: false, jsonl: true });
  }
  const samples = await openSampleFile(options.output);
  try {
    await measureInto(samples, options);
  } finally {
    await samples.close();
  }
}

async function measureInto(
  samples: Pick<SampleFile, "has" | "add">,
  { cases: file, output = "standard output", workers, json, jsonl }: MeasureOptions,
) {
  const cases = await readCases(file, (one) => {
    const prepared = systolicCase(one);
    return { ...prepared, done: samples.has(prepared.one) };
  });
  const open = cases.filter(({ done }) => !done);
  const progress = measureProgress(open.length);
  const interruption = watchInterruption(() => process.stderr.write("stopping\n"));
  let measured = 0;
  try {
    await measureSystolic(open, {
      workers: workers ?? availableParallelism(),
      signal: interruption.signal,
      onBuild: (size) => process.stderr.write(`building the simulator ${size}: once, about a minute\n`),
      onCycles: async (index, cycles) => {
        const { one } = open[index]!;
        const { id, problem, mapping, hardware } = one;
        const sample: SampleRecord = { id, problem, mapping, hardware, cycles, checked: true };
        await samples.add(sample);
        if (jsonl) process.stdout.write(jsonLines([sample]));
        progress.update(++measured);
      },
    });
  } catch (error) {
    if (!interruption.signal.aborted) throw error instanceof SimulatorError ? new Failure(error.message) : error;
  } finally {
    progress.end();
    interruption.release();
  }
  const before = cases.length - open.length;
  if (json) process.stdout.write(jsonText({ output, cases: cases.length, measured, before }));
  const there = before > 0 ? `; ${whole(before)} were there` : "";
  const told = `measured ${whole(measured)} of ${whole(cases.length)} cases and checked their results${there}`;
  if (measured < open.length) {
    const left = `${whole(open.length - measured)} left: run the same command again`;
    throw new Failure(`interrupted: ${told}; ${left}`, exitCodes.interrupted);
  }
  process.stderr.write(`${told}: ${output}\n`);
}
