import type { SearchResult } from "@loopnest/optimizers";
import type { SentError } from "../jobs/worker-messages.js";
import type { SearchPlan } from "../plan/search-plan.js";

/** What the program tells a thread of a comparison: one run at a time. */
export type ToCompareWorker = { readonly kind: "run"; readonly plan: SearchPlan } | { readonly kind: "stop" };

/** What such a thread tells the program, about the run it is at. */
export type FromCompareWorker =
  | { readonly kind: "progress"; readonly samples: number; readonly budget: number | null }
  | { readonly kind: "result"; readonly result: SearchResult }
  | { readonly kind: "error"; readonly error: SentError };
