import { LoopnestError, paddedProblem } from "@loopnest/mapspace";
import { elasticities, type RunView } from "@loopnest/report";
import { architectureOf, modelOf } from "../design/machine.js";
import type { KeptDesign } from "../state/studio.js";

/**
 * A kept design with all that charts and pages show of it; without elasticities where its mappings have no gradient.
 */
export function runViewOf({ label, network, target, result }: KeptDesign): RunView {
  const { workload } = network;
  const layers = workload.layers.map(({ problem, count }, i) => {
    const { mapping, padded } = result.layers[i]!;
    return { problem: paddedProblem(problem, padded), count, mapping };
  });
  const view = { label, result, architecture: architectureOf(target.target, result.hardware) };
  try {
    return {
      ...view,
      elasticities: elasticities(modelOf(target.target), layers, result.hardware, workload.dataMovement),
    };
  } catch (error) {
    if (error instanceof LoopnestError) return { ...view, elasticities: [] };
    throw error;
  }
}
