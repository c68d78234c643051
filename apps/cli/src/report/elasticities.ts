import { elasticities as ofNetwork } from "@loopnest/model-analytical/explain";
import { runModel } from "../plan/run-model.js";
import type { SearchInputs } from "../plan/search-plan.js";
import type { RunResult } from "../run-folder/run-result.js";

/** By how many per cent a run's totals change when one quantity grows by 1 %, all mappings as they are. */
export interface Elasticity {
  /** A free size, or a quantity of a level: `Scratchpad shared bandwidth`. */
  readonly name: string;
  readonly energy: number;
  readonly latency: number;
  /** Of EDP: the sum of the two. */
  readonly edp: number;
  /** Of EDP when the quantity shrinks by 1 %: at a kink it is not that of growing with another sign. */
  readonly edpOfLess: number;
  readonly area: number;
}

/**
 * Elasticities of a run: its free sizes first, then bandwidths and energies of its levels, without those that change nothing. Of
 * latency they are the learned model's where the run was searched with one, without its penalty.
 *
 * @throws LoopnestError if hardware, mappings and inputs do not go together.
 */
export async function elasticities(inputs: SearchInputs, run: RunResult): Promise<Elasticity[]> {
  const { workload } = inputs;
  const model = await runModel(inputs, 0);
  const mapped = workload.layers.map((layer, i) => ({ ...layer, mapping: run.layers[i]!.mapping }));
  const { sizes, machine } = ofNetwork(model, mapped, run.hardware, workload.dataMovement);
  const quantities = machine.map(({ level, quantity, more, less }) => {
    const perAccess = level === "compute" ? "energy of a MAC" : `${level} energy of an access`;
    const name = quantity === "energy" ? perAccess : `${level} ${quantity}`;
    return { name, ...more, edpOfLess: negative(less.edp), area: 0 };
  });
  return [
    ...sizes.map(({ size, more, less, area }) => ({ name: size, ...more, edpOfLess: negative(less.edp), area })),
    ...quantities.filter(({ energy, latency, edpOfLess }) => energy !== 0 || latency !== 0 || edpOfLess !== 0),
  ];
}

function negative(value: number): number {
  return value === 0 ? 0 : -value;
}
