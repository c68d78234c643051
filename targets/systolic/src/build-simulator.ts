import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Job } from "./job.js";
import { runGuarded } from "./run-guarded.js";
import { SimulatorError } from "./simulator-error.js";

const execute = promisify(execFile);

/** What verilator turns into a program: parameters of the top module. Memories are powers of two. */
export interface SimulatorSize {
  readonly peDim: number;
  readonly scratchpadBytes: number;
  readonly accumulatorRows: number;
}

/**
 * Memories of a build unless jobs need larger ones. Cycles do not depend on them: what fits a smaller memory runs in
 * the same cycles in a larger one.
 */
const USUAL_SCRATCHPAD_BYTES = 1 << 18;
const USUAL_ACCUMULATOR_ROWS = 1 << 12;

const TOP = "systolic_accelerator";
const FLAGS = [
  ...["--cc", "--exe", "--build", "-O3", "--assert", "-Wall", "-Wno-UNUSEDSIGNAL"],
  // Loops over the stages of a pipeline must be unrolled: more than verilator's 64 on arrays of 32 x 32 and larger.
  ...["--unroll-count", "512"],
  // Registers and memories start with noise, of a seed that the harness gives.
  ...["--x-assign", "unique", "--x-initial", "unique"],
  ...["-CFLAGS", "-std=c++17", "-MAKEFLAGS", "OPT_FAST=-O2", "-MAKEFLAGS", "OPT_GLOBAL=-O2"],
];

/** The build on which a job can run. */
export function sizeFor({ needs }: Job): SimulatorSize {
  const powerOfTwo = (least: number, usual: number) => Math.max(usual, 2 ** Math.ceil(Math.log2(least)));
  return {
    peDim: needs.peDim,
    scratchpadBytes: powerOfTwo(needs.scratchpadBytes, USUAL_SCRATCHPAD_BYTES),
    accumulatorRows: powerOfTwo(needs.accumulatorRows, USUAL_ACCUMULATOR_ROWS),
  };
}

/** Name of a build's size: the same for jobs that can share a program. */
export function sizeName({ peDim, scratchpadBytes, accumulatorRows }: SimulatorSize): string {
  return `${peDim}x${peDim}-${scratchpadBytes / 1024}kb-${accumulatorRows}rows`;
}

/** How a caller follows and ends a build. */
export interface BuildHooks {
  /** Called if there is something to build. */
  readonly onBuild?: () => void;
  /** Ends the build, and all that it has started. */
  readonly signal?: AbortSignal;
}

/**
 * Builds the simulator of a size, unless it is there already.
 *
 * @param sources Folder with `rtl/` and `sim/`.
 * @param cache Folder for builds; each is named by its size and a hash of everything that goes into it.
 * @returns The program's path.
 * @throws SimulatorError if verilator, a C++ compiler or make is missing, or the build fails; the signal's reason if it
 * was ended.
 */
export async function buildSimulator(
  sources: string,
  cache: string,
  size: SimulatorSize,
  { onBuild = () => {}, signal }: BuildHooks = {},
): Promise<string> {
  const version = await verilatorVersion();
  const [modules, harness] = await Promise.all([filesIn(sources, "rtl"), filesIn(sources, "sim")]);
  const hash = createHash("sha256").update(JSON.stringify([version, FLAGS, size]));
  for (const file of [...modules, ...harness]) hash.update(file).update(await readFile(join(sources, file)));
  const folder = join(cache, `systolic-${sizeName(size)}-${hash.digest("hex").slice(0, 16)}`);
  const program = join(folder, `V${TOP}`);
  if (await exists(program)) return program;

  onBuild();
  await mkdir(cache, { recursive: true });
  await Promise.all([cache, plainFolder()].map(removeHalfBuilds));
  const building = await mkdtemp(join(plainFolder(), `systolic-build.${process.pid}-`));
  const finished = await mkdtemp(`${folder}.${process.pid}-`);
  try {
    const parameters = [
      `-GDIM=${size.peDim}`,
      `-GSCRATCHPAD_BYTES=${size.scratchpadBytes}`,
      `-GACCUMULATOR_ROWS=${size.accumulatorRows}`,
    ];
    const inputs = [...modules.filter((file) => file.endsWith("_types.sv")), `rtl/${TOP}.sv`];
    const cpp = harness.filter((file) => file.endsWith(".cpp"));
    // Verilator writes paths into a makefile, and make hands them to a shell and takes none with spaces: none is the
    // user's.
    for (const part of ["rtl", "sim"]) await cp(join(sources, part), join(building, part), { recursive: true });
    const search = ["-y", "rtl", "--top-module", TOP, "--Mdir", "."];
    const args = [...FLAGS, "-j", "0", ...parameters, ...search, ...inputs, ...cpp];
    await runGuarded("verilator", args, { cwd: building, signal });
    // Another process may have built the same in the meantime: either will do.
    await cp(join(building, `V${TOP}`), join(finished, `V${TOP}`));
    await rename(finished, folder).catch(async (error: unknown) => {
      if (!(await exists(program))) throw error;
    });
    return program;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new SimulatorError(
      `verilator could not build the simulator (it also needs g++ and make):\n${stderr || message}`,
    );
  } finally {
    for (const half of [building, finished]) await rm(half, { recursive: true, force: true });
  }
}

async function verilatorVersion(): Promise<string> {
  try {
    return (await execute("verilator", ["--version"])).stdout.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new SimulatorError(
      "verilator is not installed; it simulates the RTL. On Debian or Ubuntu: apt-get install verilator g++ make; " +
        "elsewhere see https://verilator.org/guide/latest/install.html",
    );
  }
}

/** A folder for what goes by itself, of a name that no shell and no makefile reads anything into. */
function plainFolder(): string {
  return [tmpdir(), "/tmp"].find((folder) => /^[\w./-]+$/.test(folder)) ?? tmpdir();
}

/** What a process that was killed has left of a build: its number stands in the name. */
async function removeHalfBuilds(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const [, pid] = /^systolic-.*\.(\d+)-\w{6}$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The files of a folder of the sources, with `/` in their names, in order. */
async function filesIn(sources: string, folder: string): Promise<string[]> {
  return (await readdir(join(sources, folder))).sort().map((name) => `${folder}/${name}`);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
