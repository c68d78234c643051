import { sizeFor, sizeName } from "./build-simulator.js";
import type { Job, MemoryTiming } from "./job.js";
import { openSimulator, type RunCounts, type Simulator } from "./simulator.js";

export interface RunJobsOptions {
  /** Jobs at a time, each in a process of its own. */
  readonly workers: number;
  readonly memory: MemoryTiming;
  /** The program for a job's size, by `sizeName`. */
  readonly programs: ReadonlyMap<string, string>;
  /** Asks to stop: runs in progress are given up. */
  readonly signal?: AbortSignal;
  /** Called after each run, in the order in which they end. */
  readonly onResult: (index: number, counts: RunCounts) => Promise<void> | void;
}

/**
 * Runs jobs, each checked, as many at a time as there are workers.
 *
 * @throws SimulatorError, at the first job that fails; the others in progress are given up.
 */
export async function runJobs(jobs: readonly Job[], options: RunJobsOptions): Promise<void> {
  const { workers, memory, programs, signal, onResult } = options;
  const open = new Set<Simulator>();
  const end = () => {
    for (const simulator of open) simulator.close();
  };
  let next = 0;
  const work = async () => {
    const own = new Map<string, Simulator>();
    while (next < jobs.length && !signal?.aborted) {
      const index = next++;
      const job = jobs[index]!;
      const program = programs.get(sizeName(sizeFor(job)))!;
      const simulator = own.get(program) ?? openSimulator(program, memory);
      own.set(program, simulator);
      open.add(simulator);
      await onResult(index, await simulator.run(job));
    }
  };
  signal?.addEventListener("abort", end);
  try {
    await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener("abort", end);
    next = jobs.length;
    end();
  }
}
