import type { SearchResult } from "@loopnest/optimizers";
import type { PointFigures } from "@loopnest/sweep";
import { thousandths } from "../figures/thousandths.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { evaluatedRun } from "./evaluated-run.js";

/**
 * The figures of what a search has found, evaluated anew: the same wherever it ran, however long it took.
 *
 * @throws Failure if the search's figures do not reproduce.
 */
export async function pointFigures(plan: SearchPlan, searched: SearchResult): Promise<PointFigures> {
  const { best } = searched;
  if (best === null) return { status: "infeasible", samples: thousandths(searched.samples) };
  const account = { result: searched, interrupted: searched.stopped, startedAt: new Date(0), seconds: 0, workers: 1 };
  const { result } = await evaluatedRun(plan, best, account);
  const { value, unit, samples, hardware, lowerBound, rates, totals } = result;
  const { energyUj, latencyCycles, edp, areaMm2, macs, utilization } = totals;
  return {
    status: "found",
    ...{ value, unit, energyUj, latencyCycles, edp, areaMm2, macs, utilization },
    ...(rates !== undefined && { clockMhz: rates.clockMhz }),
    ...(lowerBound !== undefined && Number.isFinite(lowerBound) && { lowerBound }),
    ...{ hardware, samples },
  };
}
