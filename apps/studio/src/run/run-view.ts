import { paddedProblem } from "@loopnest/mapspace";
import type { RunView } from "@loopnest/report";
import { elasticitiesOf } from "../design/elasticities-of.js";
import { architectureOf } from "../design/machine.js";
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
  return {
    ...{ label, result, architecture: architectureOf(target, result.hardware) },
    elasticities: elasticitiesOf(target, layers, result.hardware, workload.dataMovement),
  };
}
