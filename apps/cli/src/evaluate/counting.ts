import { countTree, treeCaseSchema } from "@loopnest/accelforge";
import type { Counts } from "@loopnest/mapspace";
import { type Case, caseSchema } from "@loopnest/mapspace/schema";
import { evaluate } from "@loopnest/model-analytical";
import type * as z from "zod";
import { type CaseId, evaluationRecord } from "../cases/case-record.js";

/** Whose counting `evaluate` means: a version of Timeloop, or AccelForge's of mapping trees. */
export type CountingName = Counts | "looptree";

/** How a record is counted: the form that it has, and what is printed of it. */
export interface Counting<T> {
  readonly schema: z.ZodType<T>;
  /** @throws LoopnestError with the reason for which the machine cannot run it. */
  record(id: CaseId, data: T): unknown;
}

/** @param given Whose counting; that of each record, or today's Timeloop's, unless given. */
export function countingOf(given: CountingName | undefined): Counting<unknown> {
  return given === "looptree" ? looptree : timeloop(given);
}

function timeloop(given: Counts | undefined): Counting<Case> {
  return {
    schema: caseSchema,
    record: (id, { problem, architecture, mapping, counts, held }) =>
      evaluationRecord(id, evaluate(problem, architecture, mapping, given ?? counts, held)),
  };
}

/**
 * Energies in the record's own unit (pJ where it says pJ a bit), latency in cycles, bits that a level holds at most.
 */
const looptree: Counting<Parameters<typeof countTree>[0]> = {
  schema: treeCaseSchema,
  record(id, tree) {
    const { energy, latency, peakBits } = countTree(tree);
    return { id, energy, latency, peakBits: Object.fromEntries(peakBits) };
  },
};
