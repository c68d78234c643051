import type * as z from "zod";
import { LoopnestError } from "../errors/loopnest-error.js";

/** Reports what is wrong with widths of elements: where it stands, below the place that is being read. */
export function reportBits(context: z.core.$RefinementCtx, read: () => void): void {
  const fault = faultOf(read);
  if (fault === null) return;
  const { path = "bits", problem, fix = "", got } = fault.data;
  context.addIssue({ code: "custom", path: path.split("."), message: problem, params: { fix }, input: got });
}

/** What reading runs into; `null` if nothing. */
export function faultOf(read: () => void): LoopnestError | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof LoopnestError) return error;
    throw error;
  }
}
