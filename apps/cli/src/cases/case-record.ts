import type { ErrorData, LoopnestError } from "@loopnest/mapspace";
import type { Evaluation } from "@loopnest/model-analytical";
import { type TensorFigures, tensorFigures } from "@loopnest/report";

/** A case's name, as its record gives it; `null` if it gives none. */
export type CaseId = string | number | null;

/** What is printed of a case that was evaluated. */
export interface EvaluationRecord {
  readonly id: CaseId;
  readonly cycles: number;
  readonly energyPj: number;
  readonly utilization: number;
  readonly areaMm2: number;
  readonly levels: Readonly<Record<string, Readonly<Record<string, TensorFigures>>>>;
  /** Static energy by level; left out if no level leaks. */
  readonly leakPj?: Evaluation["leakPj"];
  /** Wires by `outer->inner`; left out if none has prices. */
  readonly networks?: Evaluation["networks"];
  /** Paths of counts above 2^53, which are rounded to a double; left out if there are none. */
  readonly inexact?: readonly string[];
}

/** What is printed of a case that cannot be evaluated. */
export interface RejectionRecord {
  readonly id: CaseId;
  readonly error: ErrorData & { readonly line?: number; readonly message: string };
}

export function evaluationRecord(id: CaseId, evaluation: Evaluation): EvaluationRecord {
  const { cycles, energyPj, utilization, areaMm2, leakPj, networks, inexact } = evaluation;
  const levels = Object.fromEntries(
    Object.entries(evaluation.levels).map(([level, { tensors }]) => [level, tensorFigures(tensors)]),
  );
  return {
    ...{ id, cycles, energyPj, utilization, areaMm2, levels },
    ...(Object.values(leakPj).some((energy) => energy > 0) && { leakPj }),
    ...(Object.keys(networks).length > 0 && { networks }),
    ...(inexact.length > 0 && { inexact }),
  };
}

/** @param line Line of the case in its file, where a file holds many. */
export function rejectionRecord(id: CaseId, error: LoopnestError, line?: number): RejectionRecord {
  const { code, ...data } = error.data;
  return { id, error: { code, ...(line !== undefined && { line }), ...data, message: error.message } };
}

/** The name that a record of any form gives itself. */
export function idOf(record: unknown): CaseId {
  const id = (record as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" || typeof id === "number" ? id : null;
}
