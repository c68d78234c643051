import { type Answer, readAnswer } from "./answer.js";
import { type ExternalCommand, runBatch } from "./run-batch.js";

/** How a program is run on cases. */
export interface AnswerHooks<One> {
  /** Runs of the program at a time. */
  readonly jobs: number;
  /** Cases that one run gets. */
  readonly batch: number;
  /** Milliseconds that may pass without an answer; no limit if undefined. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
  readonly onAnswer: (one: One, answer: Answer) => Promise<void>;
  /** @param reason Why there is no answer, the program's own words where it says. */
  readonly onFailure: (one: One, reason: string) => Promise<void>;
}

/**
 * Has a program answer cases, a few runs at a time. A run that ends without having answered all of its cases is no
 * reason to give up the others: the first one without an answer is run once more by itself, and fails if there is none
 * again; the others follow.
 *
 * @throws LoopnestError `input` if the program cannot be run at all; what a hook throws.
 */
export async function answerCases<One extends { readonly id: string }>(
  cases: readonly One[],
  command: ExternalCommand,
  hooks: AnswerHooks<One>,
): Promise<void> {
  const queue: (readonly One[])[] = [];
  for (let i = 0; i < cases.length; i += hooks.batch) queue.push(cases.slice(i, i + hooks.batch));
  const stop = new AbortController();
  const signal = AbortSignal.any([hooks.signal, stop.signal]);
  const work = async () => {
    for (let batch = queue.shift(); batch !== undefined && !signal.aborted; batch = queue.shift()) {
      queue.unshift(...(await runOnce(batch, command, { ...hooks, signal })));
    }
  };
  const workOrStop = () =>
    work().catch((error: unknown) => {
      stop.abort();
      throw error;
    });
  await Promise.all(Array.from({ length: Math.min(hooks.jobs, queue.length) }, workOrStop));
}

/** @returns What has to be run again. */
async function runOnce<One extends { readonly id: string }>(
  batch: readonly One[],
  command: ExternalCommand,
  { onAnswer, onFailure, signal, timeoutMs }: AnswerHooks<One>,
): Promise<(readonly One[])[]> {
  const open = new Map(batch.map((one) => [one.id, one]));
  const told: Promise<void>[] = [];
  const { how, noise } = await runBatch(
    command,
    batch.map((one) => JSON.stringify(one)),
    {
      signal,
      ...(timeoutMs !== undefined && { timeoutMs }),
      onLine(line) {
        const read = readAnswer(line);
        const one = read === null ? undefined : open.get(read.id);
        if (read === null || one === undefined) return;
        open.delete(read.id);
        const done = "answer" in read ? onAnswer(one, read.answer) : onFailure(one, read.error);
        // Heard of below.
        done.catch(() => {});
        told.push(done);
      },
    },
  );
  await Promise.all(told);
  if (how === null || open.size === 0) return [];
  const [first, ...others] = open.values();
  if (batch.length > 1) return [[first!], ...(others.length > 0 ? [others] : [])];
  await onFailure(first!, `it ${how}${noise === "" ? "" : `; it said: ${lastLine(noise)}`}`);
  return [];
}

function lastLine(noise: string): string {
  return noise.split("\n").at(-1)!.trim();
}
