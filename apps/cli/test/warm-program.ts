import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Ended } from "./loopnest.js";

const RUNNER = fileURLToPath(new URL("../../../scripts/program/runner.mjs", import.meta.url));

/** Runs of one process: what they leave in memory does not grow without end. */
const MOST_RUNS = 60;

interface Asked {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly input?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A process that runs the built program, one run at a time. */
interface Runner {
  readonly process: ChildProcess;
  runs: number;
}

/** Processes of a test worker: as many as there may be runs at the same time. */
const MOST_RUNNERS = 2;

const idle: Runner[] = [];
let taken = 0;
const waiting: (() => void)[] = [];

/** Runs the built program in a process that is idle, or in a new one if none is; when there are not too many. */
export async function warmProgram(asked: Asked): Promise<Ended> {
  if (taken === MOST_RUNNERS) await new Promise<void>((turn) => waiting.push(turn));
  else taken++;
  try {
    return await run(asked);
  } finally {
    // Whose turn it is takes the place of the one that has ended.
    const next = waiting.shift();
    if (next === undefined) taken--;
    else next();
  }
}

async function run(asked: Asked): Promise<Ended> {
  const runner = idle.pop() ?? (await startRunner());
  const ended = await new Promise<Ended>((done, fail) => {
    const died = (code: number | null, signal: string | null) =>
      fail(new Error(`the process that ran loopnest ${asked.args.join(" ")} has ended: ${code ?? signal}`));
    runner.process.once("exit", died);
    runner.process.once("message", (message) => {
      runner.process.off("exit", died);
      done(message as Ended);
    });
    runner.process.ref();
    runner.process.channel!.ref();
    runner.process.send(asked);
  });
  runner.process.unref();
  runner.process.channel!.unref();
  runner.runs++;
  if (runner.runs < MOST_RUNS) idle.push(runner);
  else runner.process.disconnect();
  return ended;
}

async function startRunner(): Promise<Runner> {
  const { CI: _ci, FORCE_COLOR: _color, ...env } = process.env;
  const child = fork(RUNNER, [], {
    env,
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  await new Promise<void>((done, fail) => {
    child.once("message", () => done());
    child.once("exit", (code) => fail(new Error(`no process to run loopnest in: ${code}`)));
  });
  return { process: child, runs: 0 };
}
