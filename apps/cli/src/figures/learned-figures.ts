import {
  emptyMachine,
  emptyNeeds,
  type Hardware,
  hardwareSizes,
  type Machine,
  type Mapping,
  type PaddedDims,
  type PerformanceModel,
  paddedProblem,
  pointFromMapping,
} from "@loopnest/mapspace";
import { executableMapping, type LearnedLayer } from "@loopnest/model-learned";
import type { LearnedFigures } from "@loopnest/report";
import { isProgramModel } from "../external/program-model.js";
import { runModel } from "../plan/run-model.js";
import type { SearchInputs } from "../plan/search-plan.js";

/** What a model that was searched with says of a design. */
export interface LearnedDesign {
  readonly figures: LearnedFigures;
  /** Cycles of one execution of every layer as the search counted them, with the penalty. */
  readonly searchedCycles: readonly number[];
  /** Energy of one execution of every layer, of a model that has energies of its own. */
  readonly searchedEnergyPj: readonly number[] | null;
  /** Of the network, as the search counted them. */
  readonly searched: { readonly energyUj: number; readonly latencyCycles: number };
}

/** A sum in another order than the exact model's is no energy of one's own. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Latencies of a design, and energies if it has its own, by the model that it was searched with, from hardware and
 * mappings alone.
 *
 * @param mapped A mapping for every layer of the network, with how it is padded.
 * @param energyUj Of the network by the exact model.
 */
export async function learnedFigures(
  inputs: SearchInputs & Required<Pick<SearchInputs, "learned">>,
  hardware: Hardware,
  mapped: readonly { readonly mapping: Mapping; readonly padded?: PaddedDims }[],
  energyUj: number,
): Promise<LearnedDesign> {
  const { workload, learned } = inputs;
  const model = await runModel(inputs, 0);
  const machine = emptyMachine(inputs.target.levels.length);
  model.machine(hardwareSizes(inputs.target, hardware), "exact", machine);
  const layerCosts = () =>
    workload.layers.map(({ problem }, i) => {
      const { mapping, padded } = mapped[i]!;
      return costOf(model, paddedProblem(problem, padded), mapping, machine);
    });
  let costs = layerCosts();
  if (isProgramModel(model) && model.asksMore()) {
    await model.ask();
    costs = layerCosts();
  }
  const searchedCycles = costs.map(
    ({ predictedCycles, uncertainty }) => predictedCycles * Math.exp(learned.uncertaintyPenalty * uncertainty),
  );
  const total = (values: readonly number[]) =>
    workload.layers.reduce((sum, { count }, i) => sum + count * values[i]!, 0);
  // What the rest of the network moves takes the time it takes.
  const moved = model.movementCost(workload.dataMovement ?? [], machine, "exact");
  const energies = costs.map(({ energyPj }) => energyPj);
  const ownEnergyUj = (total(energies) + moved.energyPj) / 1e6;
  const hasOwn = Math.abs(ownEnergyUj - energyUj) > RELATIVE_TOLERANCE * energyUj;
  const searchedEnergyUj = hasOwn ? ownEnergyUj : energyUj;
  const latencyCycles = moved.latencyCycles + total(costs.map(({ predictedCycles }) => predictedCycles));
  return {
    figures: {
      model: modelName(model),
      uncertaintyPenalty: learned.uncertaintyPenalty,
      edp: searchedEnergyUj * latencyCycles,
      latencyCycles,
      ...(hasOwn && { energyUj: ownEnergyUj }),
      layers: costs.map(({ energyPj, ...said }) => ({ ...said, ...(hasOwn && { predictedEnergyPj: energyPj }) })),
    },
    searchedCycles,
    searchedEnergyPj: hasOwn ? energies : null,
    searched: { energyUj: searchedEnergyUj, latencyCycles: moved.latencyCycles + total(searchedCycles) },
  };
}

function costOf(
  model: PerformanceModel,
  problem: Parameters<PerformanceModel["layer"]>[0],
  mapping: Mapping,
  machine: Machine,
) {
  const layer = model.layer(problem);
  const { nest } = pointFromMapping(layer.space, executableMapping(layer.space, mapping));
  const cost = { energyPj: 0, latencyCycles: 0 };
  layer.needs(nest, emptyNeeds(model.target.levels.length));
  layer.evaluate(nest, machine, "exact", cost);
  // What knows no uncertainty counts as sure.
  const { deviation, fade } = (layer as Partial<LearnedLayer>).correction ?? { deviation: 0, fade: 1 };
  return { energyPj: cost.energyPj, predictedCycles: cost.latencyCycles, uncertainty: deviation, trust: fade };
}

/** A learned model's own name, without that of what it corrects. */
function modelName(model: PerformanceModel & { readonly saved?: { readonly name: string } }): string {
  return model.saved?.name ?? model.name;
}
