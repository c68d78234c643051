import { priceTarget } from "@loopnest/model-analytical";
import { objectiveValue, type SearchResult } from "@loopnest/optimizers";
import { designFigures } from "@loopnest/report";
import { checkFigures } from "../figures/check-figures.js";
import { thousandths } from "../figures/thousandths.js";
import { energyTableOf } from "../input/energy-table-input.js";
import type { KeptDesign, KeptRun } from "./kept-run-file.js";
import type { PlannedRun } from "./planned-run.js";

/**
 * A finished run as it is kept: its design evaluated anew by the exact model, from hardware and mappings alone.
 *
 * @param limitSeconds Of an exact search that was ended by it.
 * @throws Failure if the search's figures do not reproduce.
 */
export function keptRun(planned: PlannedRun, result: SearchResult, limitSeconds?: number): KeptRun {
  const { role, workload, target, method, seed, identity } = planned;
  const { best, samples, seconds, convergence, lowerBound } = result;
  return {
    ...{ role, workload, target, method, seed, identity, samples: thousandths(samples), seconds },
    ...(limitSeconds !== undefined && { limitSeconds }),
    ...(lowerBound !== undefined && Number.isFinite(lowerBound) && { lowerBound }),
    design: best === null ? null : evaluated(planned, best),
    convergence: convergence.map((point) => ({ ...point, samples: thousandths(point.samples) })),
  };
}

/** A run that could not be: the exact search does not take the target. */
export function unsupportedRun(planned: PlannedRun, problem: string): KeptRun {
  const { role, workload, target, method, seed, identity } = planned;
  const none = { samples: 0, seconds: 0, design: null, convergence: [] };
  return { role, workload, target, method, seed, identity, ...none, unsupported: problem };
}

function evaluated({ plan }: PlannedRun, best: NonNullable<SearchResult["best"]>): KeptDesign {
  const { workload, target, energyTable } = plan.inputs;
  const architecture = priceTarget(target, energyTableOf(energyTable)).architecture(best.hardware);
  const figures = designFigures(
    workload,
    architecture,
    best.layers.map(({ mapping }) => ({ file: "", mapping })),
    plan.inputs.counts,
  );
  checkFigures(best, figures);
  const { totals, layers } = figures;
  return {
    value: objectiveValue(plan.objective.name, totals),
    hardware: best.hardware,
    totals,
    layers: layers.map(({ name, count, energyPj, latencyCycles, mapping }) => ({
      ...{ name, count, energyPj, latencyCycles, mapping },
    })),
  };
}
