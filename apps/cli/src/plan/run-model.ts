import type { PerformanceModel } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { energyTableOf } from "../input/energy-table-input.js";
import type { SearchInputs } from "./search-plan.js";

/**
 * The performance model of a run: the exact one, or the learned one around it, or one that code makes, where the run
 * has one.
 *
 * @param uncertaintyPenalty Deviations added to the log of every learned latency; the run's own unless given.
 * @throws LoopnestError `input` if target, energy table and learned model do not go together.
 */
export async function runModel(
  inputs: Omit<SearchInputs, "workload">,
  uncertaintyPenalty = inputs.learned?.uncertaintyPenalty ?? 0,
): Promise<PerformanceModel> {
  const { learned } = inputs;
  const exact = exactModel(inputs);
  if (learned === undefined) return exact;
  const { withModel } = await import("../input/model-input.js");
  return withModel(exact, learned.model, { uncertaintyPenalty });
}

/** The exact model of a run. */
export function exactModel({ target, energyTable, counts }: Omit<SearchInputs, "workload">): PerformanceModel {
  return analyticalModel(target, { table: energyTableOf(energyTable), counts });
}
