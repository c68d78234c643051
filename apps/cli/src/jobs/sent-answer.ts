import type { SearchResult } from "@loopnest/optimizers";
import type { JobAnswer } from "./job.js";
import type { JobRecord } from "./job-record.js";

/** What a job has found, as it travels and is kept: what is the same wherever it ran, apart from what is not. */
export interface SentAnswer {
  /** JSON of the answer without any time in it: two runs of a job have the same one. */
  readonly text: string;
  readonly seconds: number;
  /** Of every improvement. */
  readonly convergenceSeconds: readonly number[];
  /** Whether the search was stopped by its limit: then another run may have another answer. */
  readonly stopped: boolean;
}

/** @param wants What is to be told. */
export function sentAnswer({ result, figures }: JobAnswer, wants: JobRecord["wants"]): SentAnswer {
  const { seconds, convergence, ...rest } = result;
  const timeless = { ...rest, convergence: convergence.map(({ samples, value }) => ({ samples, value })) };
  return {
    text: JSON.stringify({ ...(wants !== "result" && { figures }), ...(wants !== "figures" && { result: timeless }) }),
    seconds,
    convergenceSeconds: wants === "figures" ? [] : convergence.map((point) => point.seconds),
    stopped: result.stopped,
  };
}

/** The answer of a job that wanted its result. */
export function receivedAnswer({ text, seconds, convergenceSeconds }: SentAnswer): JobAnswer {
  const { figures, result } = JSON.parse(text) as { figures?: JobAnswer["figures"]; result: SearchResult };
  const convergence = result.convergence.map((point, i) => ({ ...point, seconds: convergenceSeconds[i] ?? seconds }));
  return { ...(figures !== undefined && { figures }), result: { ...result, seconds, convergence } };
}
