import { type Architecture, type Mapping, machineOf, type Workload } from "@loopnest/mapspace";
import { predictor } from "@loopnest/model-learned";
import type { LearnedFigures } from "@loopnest/report";
import { withModel } from "../input/model-input.js";
import { exactModel } from "../plan/run-model.js";
import type { SearchInputs } from "../plan/search-plan.js";

/** What a learned model says of a design. */
export interface LearnedDesign {
  readonly figures: LearnedFigures;
  /** Cycles of one execution of every layer as the search counted them, with the penalty. */
  readonly searchedCycles: readonly number[];
  /** Their sum over the network. */
  readonly searchedLatencyCycles: number;
}

/**
 * Latencies of a design by the learned model that it was searched with, from hardware and mappings alone.
 *
 * @param energyUj Of the network.
 */
export async function learnedFigures(
  inputs: SearchInputs & Required<Pick<SearchInputs, "learned">>,
  architecture: Architecture,
  mappings: readonly Mapping[],
  energyUj: number,
): Promise<LearnedDesign> {
  const { workload, learned } = inputs;
  const model = await withModel(exactModel(inputs), learned.model);
  const predict = predictor(model);
  const layers = workload.layers.map(({ problem }, i) => {
    const { predictedCycles, uncertainty, trust } = predict({ problem, mapping: mappings[i]!, architecture });
    return { predictedCycles, uncertainty, trust };
  });
  const searchedCycles = layers.map(
    ({ predictedCycles, uncertainty }) => predictedCycles * Math.exp(learned.uncertaintyPenalty * uncertainty),
  );
  // A learned model corrects layers; what the rest of the network moves takes the time it takes.
  const moved = model.movementCost(workload.dataMovement ?? [], machineOf(architecture), "exact").latencyCycles;
  const latencyCycles =
    moved +
    total(
      workload,
      layers.map(({ predictedCycles }) => predictedCycles),
    );
  return {
    figures: {
      model: model.saved.name,
      uncertaintyPenalty: learned.uncertaintyPenalty,
      edp: energyUj * latencyCycles,
      latencyCycles,
      layers,
    },
    searchedCycles,
    searchedLatencyCycles: moved + total(workload, searchedCycles),
  };
}

function total({ layers }: Workload, cycles: readonly number[]): number {
  return layers.reduce((sum, { count }, i) => sum + count * cycles[i]!, 0);
}
