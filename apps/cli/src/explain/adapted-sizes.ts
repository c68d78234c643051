import type { FreeSize, Hardware, Mapping, PerformanceModel, Workload } from "@loopnest/mapspace";
import { LoopnestError } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { adaptMappings, objectiveValue } from "@loopnest/optimizers";
import { energyTableOf } from "../input/energy-table-input.js";
import { designFigures } from "../run-folder/figures.js";
import type { RunResult } from "../run-folder/run-result.js";
import type { SearchInputs } from "../search/search-plan.js";

/** What another value of one size is worth. */
export interface AdaptedSize {
  readonly size: string;
  /** The value of the run, and another. */
  readonly from: number;
  readonly to: number;
  /** Objective over that of the run, mappings as they are; `null` if they do not fit. */
  readonly asIs: number | null;
  /** The same after a local search from the run's mappings; `null` if it finds nothing that fits. There may be better ones. */
  readonly adapted: number | null;
  /** Area over that of the run. */
  readonly area: number;
}

const SCALES = [0.5, 2];

/** What half and twice of every size of a run's hardware is worth, all others as they are; and, first, more search on the run's own. */
export function adaptedSizes(
  model: PerformanceModel,
  { workload, target, energyTable }: SearchInputs,
  { hardware, layers, objective, value, totals }: RunResult,
): AdaptedSize[] {
  const mappings = layers.map(({ mapping }) => mapping);
  const { architecture } = priceTarget(target, energyTableOf(energyTable));
  // Limits are left aside: the question is what a size is worth.
  const task = { model, workload, objective: { name: objective.name }, fixed: {} };
  const totalsAsIs = (changed: Hardware) => totalsOf(workload, architecture(changed), mappings);
  const areaOf = (changed: Hardware) => {
    const { levels, compute } = architecture(changed);
    const all = [...levels, compute].reduce((sum, part) => sum + part.areaPerInstanceUm2 * part.instances, 0);
    return all / 1e6;
  };
  return target.sizes.flatMap((size) =>
    SCALES.flatMap((scale): AdaptedSize[] => {
      const from = hardware[size.name] ?? size.default;
      const to = scaled(size, from, scale);
      if (to === from) return [];
      const changed = { ...hardware, [size.name]: to };
      const same = totalsAsIs(changed);
      const design = adaptMappings(task, mappings, changed);
      return [
        {
          size: size.name,
          from,
          to,
          asIs: same === null ? null : objectiveValue(objective.name, same) / value,
          adapted: design === null ? null : design.value / value,
          area: totals.areaMm2 === 0 ? 1 : areaOf(changed) / totals.areaMm2,
        },
      ];
    }),
  );
}

/** The multiple of a size's step nearest to a multiple of its value, within its range. */
function scaled({ min, max, step = 1 }: FreeSize, value: number, scale: number): number {
  return Math.min(max, Math.max(min, Math.round((value * scale) / step) * step));
}

/** Totals of the mappings as they are, `null` if one does not fit. */
function totalsOf(workload: Workload, architecture: Parameters<typeof designFigures>[1], mappings: readonly Mapping[]) {
  try {
    return designFigures(
      workload,
      architecture,
      mappings.map((mapping) => ({ file: "", mapping })),
    ).totals;
  } catch (error) {
    if (error instanceof LoopnestError && (error.code === "capacity" || error.code === "fanout")) return null;
    throw error;
  }
}
