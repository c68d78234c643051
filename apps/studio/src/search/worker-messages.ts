import type { ErrorData } from "@loopnest/mapspace";
import type { Design, Progress, SearchResult } from "@loopnest/optimizers";
import type { SearchOrder } from "../order/search-order.js";

/**
 * What a worker is asked: a part of a search, what follows from all parts, or the search for another objective from a
 * design; to stop, to hold, to go on.
 */
export type ToWorker =
  | { readonly kind: "part"; readonly order: SearchOrder; readonly part: number }
  | { readonly kind: "finish"; readonly order: SearchOrder; readonly parts: readonly SearchResult[] }
  | {
      readonly kind: "from design";
      readonly order: SearchOrder;
      readonly design: Design;
      readonly parts: readonly SearchResult[];
    }
  | { readonly kind: "stop" | "hold" | "go on" };

/** What it answers: news, and one result or fault at the end. */
export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "result"; readonly result: SearchResult }
  | { readonly kind: "fault"; readonly fault: ErrorData };
