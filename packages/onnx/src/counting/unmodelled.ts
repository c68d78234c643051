import type { UnmodelledOperator } from "@loopnest/mapspace";
import type { OperatorReport } from "./operator-report.js";

/** Operators that are not known, or not counted because their sizes are not known: equal ones are one entry. */
export function unmodelledOperators(reports: readonly OperatorReport[]): UnmodelledOperator[] {
  return reports.flatMap(({ operator, isUnknown, counting, count, reason }): UnmodelledOperator[] => {
    const isOpen = counting === "not counted";
    if (count === 0 || !(isOpen || (isUnknown && counting !== "constant"))) return [];
    const countedAs = counting === "data movement" ? counting : "not counted";
    return [{ operator, count, countedAs, reason: reason ?? "its sizes depend on the data" }];
  });
}
