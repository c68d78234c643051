import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hardwareOf, hardwareSizes, systolic } from "@loopnest/mapspace";
import { buildSimulator, defaultMemory, type Job, lower, runJobs, sizeFor, sizeName } from "@loopnest/target-systolic";
import type { MeasureCase } from "./read-cases.js";

/** The RTL and its harness, put beside the program when it is built; this file is built into a folder below it. */
const SOURCES = "../systolic/";

/** A case with the job that runs it. */
export interface SystolicCase {
  readonly one: MeasureCase;
  readonly job: Job;
}

/** What measuring tells of itself. */
export interface MeasureHooks {
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onBuild: (size: string) => void;
  readonly onCycles: (index: number, cycles: number) => Promise<void> | void;
}

/** @throws LoopnestError if the case is not one that the machine can run. */
export function systolicCase(one: MeasureCase): SystolicCase {
  const hardware = hardwareOf(systolic, hardwareSizes(systolic, one.hardware));
  return { one: { ...one, hardware }, job: lower(one.problem, one.mapping, hardware) };
}

/** @throws SimulatorError if verilator is missing, the simulator cannot be built, or a run goes wrong. */
export async function measureSystolic(cases: readonly SystolicCase[], hooks: MeasureHooks): Promise<void> {
  const { workers, signal, onBuild, onCycles } = hooks;
  const programs = new Map<string, string>();
  for (const { job } of cases) {
    const size = sizeFor(job);
    const name = sizeName(size);
    if (programs.has(name) || signal.aborted) continue;
    const sources = fileURLToPath(new URL(SOURCES, import.meta.url));
    programs.set(name, await buildSimulator(sources, cacheFolder(), size, { signal, onBuild: () => onBuild(name) }));
  }
  if (signal.aborted) return;
  await runJobs(
    cases.map(({ job }) => job),
    { workers, memory: defaultMemory, programs, signal, onResult: (index, { cycles }) => onCycles(index, cycles) },
  );
}

/** Where built simulators are kept (XDG base directories). */
function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "loopnest");
}
