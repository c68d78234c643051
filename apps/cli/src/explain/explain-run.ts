import { paddedProblem, unknownName } from "@loopnest/mapspace";
import { explainMapping, sizeNeeds } from "@loopnest/model-analytical/explain";
import { mappingText, type NetworkExplanation, networkText, ranWorkload } from "@loopnest/report";
import { energyTableOf } from "../input/energy-table-input.js";
import { exactModel } from "../plan/run-model.js";
import { runView } from "../report/run-view.js";
import { readWholeRun } from "../run-folder/read-run.js";
import type { PrintedData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";
import { adaptedSizes } from "./adapted-sizes.js";
import type { ExplainOptions } from "./explain-options.js";
import { explainPrices } from "./explain-prices.js";

/**
 * Explains a run folder: its network as a whole, or some of its layers.
 *
 * @returns What to print.
 * @throws LoopnestError `input` for a run that cannot be read, or a layer that it lacks.
 */
export async function explainRun(dir: string, { layer: wanted, adapt, prices }: ExplainOptions): Promise<PrintedData> {
  const { result, inputs } = await readWholeRun(dir);
  const view = await runView({ label: dir, result, inputs });
  if (prices) return explainPrices(dir, view.architecture, energyTableOf(inputs.energyTable));
  const workload = ranWorkload(inputs.workload, result);
  const layers = workload.layers.map((layer, i) => {
    const { count } = layer;
    const { mapping, share, padded, held } = result.layers[i]!;
    const problem = paddedProblem(layer.problem, padded);
    const explanation = explainMapping(problem, view.architecture, mapping, inputs.counts, held);
    return { problem, count, mapping, share, explanation };
  });
  if (wanted.length > 0) {
    const names = layers.map(({ problem }) => problem.name);
    for (const name of wanted) if (!names.includes(name)) throw unknownName("layer", name, names, "--layer");
    const chosen = layers.filter(({ problem }) => wanted.includes(problem.name));
    return {
      document: () => ({ run: dir, layers: chosen }),
      lines: () => layerRecords(chosen),
      text: () =>
        `${chosen
          .map(({ problem, mapping, explanation }) =>
            mappingText(problem, mapping, explanation, textStyle()).join("\n"),
          )
          .join("\n\n\n")}\n`,
    };
  }
  const model = exactModel(inputs);
  const network: NetworkExplanation = {
    run: dir,
    hardware: result.hardware,
    totals: result.totals,
    ...(result.networks !== undefined && { networks: result.networks }),
    ...(result.learned && { learned: result.learned }),
    layers,
    ...(result.dataMovement !== undefined && { dataMovement: result.dataMovement }),
    // What several layers hold together is no layer's own need: the segments say it.
    sizeNeeds: result.fusion === undefined ? sizeNeeds(model, layers, result.hardware) : [],
    elasticities: view.elasticities,
    ...(adapt && { adapted: await adaptedSizes(inputs, result) }),
  };
  const { dataMovement = [] } = result;
  return {
    document: () => network,
    lines: () => [
      ...layerRecords(layers),
      ...dataMovement.map((operator) => ({ row: "data movement", ...operator })),
      ...network.sizeNeeds.map((needs) => ({ row: "size", ...needs })),
      ...network.elasticities.map((elasticity) => ({ row: "elasticity", ...elasticity })),
      ...(network.adapted ?? []).map((adapted) => ({ row: "adapted size", ...adapted })),
    ],
    text: () => `${networkText(view, network, textStyle())}\n`,
  };
}

function layerRecords(layers: readonly object[]): object[] {
  return layers.map((layer) => ({ row: "layer", ...layer }));
}
