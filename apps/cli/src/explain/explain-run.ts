import { unknownName } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { explainMapping, sizeNeeds } from "@loopnest/model-analytical/explain";
import { energyTableOf } from "../input/energy-table-input.js";
import { runView } from "../report/run-view.js";
import { readRun } from "../run-folder/read-run.js";
import { adaptedSizes } from "./adapted-sizes.js";
import type { ExplainOptions } from "./explain.js";
import { mappingText } from "./mapping-text.js";
import { type NetworkExplanation, networkText } from "./network-text.js";

/**
 * Explains a run folder: its network as a whole, or some of its layers.
 *
 * @returns What to print.
 * @throws LoopnestError `input` for a run that cannot be read, or a layer that it lacks.
 */
export async function explainRun(dir: string, { layer: wanted, adapt, json }: ExplainOptions): Promise<string> {
  const { result, inputs } = await readRun(dir);
  const view = runView({ label: dir, result, inputs });
  const { workload, target, energyTable } = inputs;
  const layers = workload.layers.map(({ problem, count }, i) => {
    const { mapping, share } = result.layers[i]!;
    return { problem, count, mapping, share, explanation: explainMapping(problem, view.architecture, mapping) };
  });
  if (wanted.length > 0) {
    const names = layers.map(({ problem }) => problem.name);
    for (const name of wanted) if (!names.includes(name)) throw unknownName("layer", name, names, "--layer");
    const chosen = layers.filter(({ problem }) => wanted.includes(problem.name));
    if (json) return JSON.stringify({ run: dir, layers: chosen }, null, 2);
    const texts = chosen.map(({ problem, mapping, explanation }) =>
      mappingText(problem, mapping, explanation).join("\n"),
    );
    return texts.join("\n\n\n");
  }
  const model = analyticalModel(target, energyTableOf(energyTable));
  const network: NetworkExplanation = {
    run: dir,
    hardware: result.hardware,
    totals: result.totals,
    layers,
    sizeNeeds: sizeNeeds(model, layers, result.hardware),
    elasticities: view.elasticities,
    ...(adapt && { adapted: adaptedSizes(model, inputs, result) }),
  };
  return json ? JSON.stringify(network, null, 2) : networkText(result, network);
}
