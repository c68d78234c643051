import { macs } from "@loopnest/mapspace";
import type { CountedStep, Counting } from "./count-steps.js";

/** All nodes of one operator that were counted in one way. */
export interface OperatorReport {
  /** `Conv`; with its domain unless it is ONNX's own: `com.microsoft.Attention`. */
  readonly operator: string;
  readonly counting: Counting;
  /** Whether loopnest does not know the operator. */
  readonly isUnknown: boolean;
  /** How often they run. */
  readonly count: number;
  readonly macs: number;
  /** Words moved beside the traffic of layers. */
  readonly wordsRead: number;
  readonly wordsWritten: number;
  /** How they were counted, or why they were not, where that needs saying. */
  readonly reason?: string;
  /** Names of the nodes. */
  readonly nodes: readonly string[];
}

/** Puts steps of the same operator that were counted in the same way together, in the order of the model. */
export function reportOperators(steps: readonly CountedStep[]): OperatorReport[] {
  const found = new Map<string, OperatorReport>();
  for (const { step, counting, wordsRead, wordsWritten } of steps) {
    const { operation, outcome, count } = step;
    const { operator } = operation.node;
    const isUnknown = outcome.kind === "unknown";
    const { reason } = outcome;
    const key = JSON.stringify([operator, counting, isUnknown, reason]);
    const before = found.get(key);
    const extra = outcome.traffic ?? [];
    const sum = (own: number, of: "wordsRead" | "wordsWritten") =>
      count * (own + extra.reduce((total, traffic) => total + traffic.count * (traffic[of] ?? 0), 0));
    const layerMacs = (outcome.layers ?? []).reduce((total, layer) => total + layer.count * macs(layer.problem), 0);
    found.set(key, {
      operator,
      counting,
      isUnknown,
      count: (before?.count ?? 0) + count,
      macs: (before?.macs ?? 0) + count * layerMacs,
      wordsRead: (before?.wordsRead ?? 0) + sum(wordsRead, "wordsRead"),
      wordsWritten: (before?.wordsWritten ?? 0) + sum(wordsWritten, "wordsWritten"),
      ...(reason !== undefined && { reason }),
      nodes: [...(before?.nodes ?? []), operation.name],
    });
  }
  return [...found.values()];
}
