import {
  compileTarget,
  emptyMachine,
  emptyNeeds,
  type Hardware,
  hardwareOf,
  hardwareSizes,
  makeMinimalHardware,
  totalAreaUm2,
} from "@loopnest/mapspace";
import { exactModel } from "./run-model.js";
import type { SearchPlan } from "./search-plan.js";

/** The smallest hardware that runs a network at all. */
export interface SmallestHardware {
  readonly hardware: Hardware;
  readonly areaMm2: number;
}

/**
 * The least area on which all layers of a plan can be mapped, limits aside: that of the hardware for mappings which
 * keep nothing on chip. No mapping needs less of any size, and no area falls as a size grows, so nothing smaller fits.
 *
 * @returns `null` if a size that is given is too small for them.
 */
export function smallestArea({ inputs, fixed }: Pick<SearchPlan, "inputs" | "fixed">): SmallestHardware | null {
  const { target, workload } = inputs;
  const model = exactModel(inputs);
  const levels = target.levels.length;
  const [all, needs] = [emptyNeeds(levels), emptyNeeds(levels)];
  for (const { problem } of workload.layers) {
    const layer = model.layer(problem);
    layer.needs(layer.space.nest(), needs);
    for (const field of ["words", "x", "y"] as const) {
      for (let l = 0; l < all[field].length; l++) all[field][l] = Math.max(all[field][l]!, needs[field][l]!);
    }
  }
  const given = hardwareSizes(target, fixed);
  const held = Float64Array.from(target.sizes, ({ name }, i) => (name in fixed ? given[i]! : Number.NaN));
  const sizes = new Float64Array(target.sizes.length);
  if (!makeMinimalHardware(compileTarget(target)).solve(all, held, true, sizes)) return null;
  const machine = emptyMachine(levels);
  model.machine(sizes, "exact", machine);
  return { hardware: hardwareOf(target, sizes), areaMm2: totalAreaUm2(machine) / 1e6 };
}
