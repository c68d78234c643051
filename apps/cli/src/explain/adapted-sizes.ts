import { type Hardware, LoopnestError, type Mapping, machineOf, nearestSize, totalAreaUm2 } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { adaptMappings, objectiveValue } from "@loopnest/optimizers";
import type { AdaptedSize } from "@loopnest/report";
import { designFigures } from "@loopnest/report";
import { energyTableOf } from "../input/energy-table-input.js";
import { runModel } from "../plan/run-model.js";
import type { SearchInputs } from "../plan/search-plan.js";
import type { RunResult } from "../run-folder/run-result.js";

const SCALES = [0.5, 2];

/**
 * What half and twice of every size of a run's hardware is worth, all others as they are, by the model that the run was
 * searched with.
 *
 * @throws LoopnestError if hardware, mappings and inputs do not go together.
 */
export async function adaptedSizes(
  inputs: SearchInputs,
  { hardware, layers, objective, value, totals }: RunResult,
): Promise<AdaptedSize[]> {
  const { workload, target, energyTable } = inputs;
  const mappings = layers.map(({ mapping }) => mapping);
  const { architecture } = priceTarget(target, energyTableOf(energyTable));
  // Limits are left aside: the question is what a size is worth.
  const task = { model: await runModel(inputs), workload, objective: { name: objective.name }, fixed: {} };
  const areaOf = (changed: Hardware) => totalAreaUm2(machineOf(architecture(changed))) / 1e6;
  const rows: AdaptedSize[] = [];
  for (const size of target.sizes) {
    for (const scale of SCALES) {
      const from = hardware[size.name] ?? size.default;
      const to = nearestSize(size, from * scale);
      if (to === from) continue;
      const changed = { ...hardware, [size.name]: to };
      const same = await totalsOf(inputs, architecture(changed), mappings, changed);
      const design = adaptMappings(task, mappings, changed);
      rows.push({
        size: size.name,
        from,
        to,
        asIs: same === null ? null : objectiveValue(objective.name, same) / value,
        adapted: design === null ? null : design.value / value,
        area: totals.areaMm2 === 0 ? 1 : areaOf(changed) / totals.areaMm2,
      });
    }
  }
  return rows;
}

/** Totals of the mappings as they are, with the latency that the run's search counted; `null` if one does not fit. */
async function totalsOf(
  inputs: SearchInputs,
  architecture: Parameters<typeof designFigures>[1],
  mappings: readonly Mapping[],
  hardware: Hardware,
) {
  const { workload, learned } = inputs;
  try {
    const { totals } = designFigures(
      workload,
      architecture,
      mappings.map((mapping) => ({ file: "", mapping })),
      inputs.counts,
    );
    if (learned === undefined) return totals;
    const { learnedFigures } = await import("../figures/learned-figures.js");
    const mapped = mappings.map((mapping) => ({ mapping }));
    const { searched } = await learnedFigures({ ...inputs, learned }, hardware, mapped, totals.energyUj);
    return { ...totals, ...searched };
  } catch (error) {
    if (error instanceof LoopnestError && (error.code === "capacity" || error.code === "fanout")) return null;
    throw error;
  }
}
