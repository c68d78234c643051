import type { ErrorData } from "@loopnest/mapspace";
import { LoopnestError } from "@loopnest/mapspace";
import type { Progress, SearchResult } from "@loopnest/optimizers";

/** What the program tells a worker. */
export type ToWorker = { readonly kind: "run"; readonly part: number } | { readonly kind: "stop" };

/** What a worker tells the program. */
export type FromWorker =
  | { readonly kind: "progress"; readonly part: number; readonly progress: Progress }
  | { readonly kind: "result"; readonly part: number; readonly result: SearchResult }
  | { readonly kind: "error"; readonly part: number; readonly error: SentError };

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
