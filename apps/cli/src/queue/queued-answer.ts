import { LoopnestError } from "@loopnest/mapspace";
import * as z from "zod";
import type { JobOutcome, SentAnswer } from "../jobs/job.js";
import { receivedAnswer } from "../jobs/sent-answer.js";
import { received, type SentError } from "../jobs/worker-messages.js";

/** An answer as a worker leaves it on the server: what a job has found, or why it failed; and who says so. */
export type QueuedAnswer = { readonly by: string } & ({ readonly answer: SentAnswer } | { readonly error: SentError });

const schema = z.union([
  z.strictObject({
    by: z.string(),
    answer: z.strictObject({
      text: z.string(),
      seconds: z.number(),
      convergenceSeconds: z.array(z.number()),
      stopped: z.boolean(),
    }),
  }),
  z.strictObject({ by: z.string(), error: z.looseObject({ message: z.string() }) }),
]);

/** @throws LoopnestError `input` for a text that no worker of ours has written. */
export function readAnswer(text: string): QueuedAnswer {
  try {
    return schema.parse(JSON.parse(text)) as QueuedAnswer;
  } catch {
    const problem = "an answer on the server is none that a worker of loopnest writes";
    throw new LoopnestError({ code: "input", path: "--queue", problem, fix: "use a server that only loopnest uses" });
  }
}

/** How a job ended, by its answer. */
export function outcomeOf(queued: QueuedAnswer): NonNullable<JobOutcome> {
  const { by } = queued;
  return "error" in queued ? { error: received(queued.error), by } : receivedAnswer(queued.answer, by);
}

/**
 * Whether two answers of one job cannot both be right: a search that was stopped, or failed, may end otherwise another
 * time.
 */
export function isContradiction(a: QueuedAnswer, b: QueuedAnswer): boolean {
  if ("error" in a || "error" in b || a.answer.stopped || b.answer.stopped) return false;
  return a.answer.text !== b.answer.text;
}
