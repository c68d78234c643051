import { type ErrorData, LoopnestError } from "@loopnest/mapspace";
import type { Progress } from "@loopnest/optimizers";
import type { SearchInputs, SearchPlan } from "../plan/search-plan.js";
import type { JobAnswer, SearchJob, SentAnswer } from "./job.js";

/** What the program tells a worker: what its next jobs are about, to do one, to give back what it has of it. */
export type ToWorker =
  | { readonly kind: "inputs"; readonly inputs: SearchInputs }
  | (Omit<SearchJob, "plan"> & {
      readonly kind: "run";
      readonly search: Omit<SearchPlan, "inputs">;
      /** Whether anybody follows how it goes. */
      readonly wantsNews: boolean;
    })
  | { readonly kind: "stop" };

/** What a worker tells the program of the job that it does. */
export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "answer"; readonly answer: JobAnswer }
  | { readonly kind: "sent"; readonly sent: SentAnswer }
  | { readonly kind: "error"; readonly error: SentError };

/** An error as data: class and fields of an error do not survive a message. */
export interface SentError {
  readonly data?: ErrorData;
  readonly message: string;
  readonly stack?: string;
}

export function sendable(error: unknown): SentError {
  if (error instanceof LoopnestError) return { data: error.data, message: error.message };
  if (error instanceof Error)
    return { message: error.message, ...(error.stack !== undefined && { stack: error.stack }) };
  return { message: String(error) };
}

export function received({ data, message, stack }: SentError): Error {
  if (data !== undefined) return new LoopnestError(data);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
