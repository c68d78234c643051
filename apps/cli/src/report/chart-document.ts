import type { ChartDocument } from "@loopnest/report/charts";
import { parseHTML } from "linkedom";

/** What charts are drawn with where there is no browser. */
export function chartDocument(): ChartDocument {
  return parseHTML("<html><body></body></html>").document;
}
