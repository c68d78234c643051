import type { FeatureGroup } from "../features/feature-table.js";
import type { ResidualModel } from "../residual/residual-model.js";
import type { PreparedSample } from "./prepared-samples.js";
import { type TrainingOptions, trainResidual } from "./train-residual.js";

/** What energies depend on: what moves, how full the array is, and what the table says of it. */
const GROUPS: readonly FeatureGroup[] = ["counts", "array", "analytical"];

/**
 * Trains a correction of energies on those samples that have a measured one: as that of latencies, with the base
 * model's energy as what it starts from.
 *
 * @returns `null` if none has.
 */
export function trainEnergyResidual(
  samples: readonly PreparedSample[],
  options: TrainingOptions,
): ResidualModel | null {
  const measured = samples.flatMap((one) => {
    const { logEnergy } = one;
    return logEnergy === null ? [] : [{ ...one, logAnalytical: logEnergy.analytical, logMeasured: logEnergy.measured }];
  });
  if (measured.length === 0) return null;
  return trainResidual(measured, { ...options, prior: "analytical", groups: GROUPS });
}
