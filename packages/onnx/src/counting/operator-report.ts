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

/** A report that is not finished. */
type Sums = { -readonly [field in keyof OperatorReport]: OperatorReport[field] } & { nodes: string[] };

/** Puts steps of the same operator that were counted in the same way together, in the order of the model. */
export function reportOperators(steps: readonly CountedStep[]): OperatorReport[] {
  const found = new Map<string, Sums>();
  for (const { step, counting, wordsRead, wordsWritten } of steps) {
    const { operation, outcome, count } = step;
    const { operator } = operation.node;
    const isUnknown = outcome.kind === "unknown";
    const { reason } = outcome;
    const key = JSON.stringify([operator, counting, isUnknown, reason]);
    let sums = found.get(key);
    if (sums === undefined) {
      const named = { operator, counting, isUnknown, ...(reason !== undefined && { reason }) };
      sums = { ...named, count: 0, macs: 0, wordsRead: 0, wordsWritten: 0, nodes: [] };
      found.set(key, sums);
    }
    sums.count += count;
    sums.nodes.push(operation.name);
    sums.wordsRead += count * wordsRead;
    sums.wordsWritten += count * wordsWritten;
    for (const layer of outcome.layers ?? []) sums.macs += count * layer.count * macs(layer.problem);
    for (const traffic of outcome.traffic ?? []) {
      sums.wordsRead += count * traffic.count * (traffic.wordsRead ?? 0);
      sums.wordsWritten += count * traffic.count * (traffic.wordsWritten ?? 0);
    }
  }
  return [...found.values()];
}
