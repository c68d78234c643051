import { isUneven, paddedProblem } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { explainMapping } from "@loopnest/model-analytical/explain";
import { elasticities, type RunView, ranWorkload } from "@loopnest/report";
import { isProgramModel } from "../external/program-model.js";
import { energyTableOf } from "../input/energy-table-input.js";
import { runModel } from "../plan/run-model.js";
import type { SearchInputs } from "../plan/search-plan.js";
import type { RunResult } from "../run-folder/run-result.js";

/** A run before it is looked at. */
export interface RunToView {
  /** How the run is called beside others; no two alike. */
  readonly label: string;
  readonly result: RunResult;
  readonly inputs: SearchInputs;
}

/**
 * A run with all that charts and pages show of it. Elasticities of latency are the learned model's where the run was
 * searched with one, without its penalty; of uneven mappings, or a program, there are none.
 *
 * @throws LoopnestError if hardware, target and energy table do not go together.
 */
export async function runView({ label, result, inputs }: RunToView): Promise<RunView> {
  const { target, energyTable } = inputs;
  const workload = ranWorkload(inputs.workload, result);
  const architecture = priceTarget(target, energyTableOf(energyTable)).architecture(result.hardware);
  const layers = workload.layers.map(({ problem, count }, i) => {
    const { mapping, padded, held } = result.layers[i]!;
    return { problem: paddedProblem(problem, padded), count, mapping, held };
  });
  const model = await runModel(inputs, 0);
  // The gradient is that of even mappings.
  const uneven = layers.some(({ mapping }) => isUneven(mapping));
  const own =
    uneven || isProgramModel(model) ? [] : elasticities(model, layers, result.hardware, workload.dataMovement);
  const refetches = layers.map(
    ({ problem, mapping, held }) => explainMapping(problem, architecture, mapping, inputs.counts, held).refetches,
  );
  return { label, result, architecture, elasticities: own, refetches };
}
