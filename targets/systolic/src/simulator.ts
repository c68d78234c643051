import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Job, jobText, type MemoryTiming } from "./job.js";
import { SimulatorError } from "./simulator-error.js";

/** What a run took, its numerical result having been found right. */
export interface RunCounts {
  /** From the start until the last output is in memory. */
  readonly cycles: number;
  /** Cycles in which a pixel entered the array. */
  readonly computingCycles: number;
  /** Beats of 8 bytes over the memory port. */
  readonly readBeats: number;
  readonly writeBeats: number;
}

/** A simulator that runs one job after the other. */
export interface Simulator {
  /**
   * Runs a job and checks every output against the plain convolution.
   *
   * @throws SimulatorError if an output is wrong, the machine gets stuck or an assertion fails; or the process ends.
   */
  run(job: Job): Promise<RunCounts>;
  /** Ends the process, whatever it is doing. */
  close(): void;
}

type Answer = { readonly job: number } & ({ readonly error: string } | ({ readonly error?: never } & RunCounts));

/** Starts a simulator that `buildSimulator` has built. */
export function openSimulator(program: string, memory: MemoryTiming): Simulator {
  let number = 0;
  let child: ChildProcessWithoutNullStreams | undefined;
  let settle: { done: (answer: Answer) => void; fail: (error: Error) => void } | undefined;

  const start = () => {
    const started = spawn(program, [], { stdio: ["pipe", "pipe", "pipe"] });
    let complaint = "";
    started.stderr.on("data", (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-4000);
    });
    // A write to a process that has ended; "close" tells.
    started.stdin.on("error", () => {});
    const stop = (reason: string) => {
      if (child === started) child = undefined;
      settle?.fail(new SimulatorError(`${reason}\n${complaint}`.trim()));
      settle = undefined;
    };
    started.on("error", (error) => stop(`the simulator cannot be started: ${error.message}`));
    started.on("close", (code, signal) => stop(`the simulator has ended (${signal ?? `exit code ${code}`})`));
    createInterface(started.stdout).on("line", (line) => {
      // Failed assertions are reported as text between the answers.
      if (!line.startsWith("{")) {
        complaint = `${complaint}${line}\n`.slice(-4000);
        return;
      }
      const answer = JSON.parse(line) as Answer;
      settle?.done(answer.error === undefined ? answer : { ...answer, error: `${answer.error}\n${complaint}`.trim() });
      settle = undefined;
    });
    return started;
  };

  return {
    async run(job) {
      if (settle !== undefined) throw new Error("the simulator runs one job at a time");
      child ??= start();
      const { stdin } = child;
      const answer = await new Promise<Answer>((done, fail) => {
        settle = { done, fail };
        stdin.write(jobText(job, number++, memory));
      });
      if (answer.error !== undefined) throw new SimulatorError(answer.error);
      const { cycles, computingCycles, readBeats, writeBeats } = answer;
      return { cycles, computingCycles, readBeats, writeBeats };
    },
    close() {
      child?.kill("SIGKILL");
    },
  };
}
