import type { PerformanceModel, Target } from "@loopnest/mapspace";
import { movementCost, movementGradient } from "../cost/movement-cost.js";
import { builtInEnergyTable } from "../energy-tables/catalogue.js";
import type { EnergyTable } from "../energy-tables/energy-table.js";
import { priceTarget } from "../pricing/priced-target.js";
import { analyticalLayer } from "./analytical-layer.js";

/**
 * The closed form as a performance model of a target.
 *
 * @param table Energies and areas; the target's own table unless given.
 * @throws LoopnestError `input` if the target cannot be read, or names a table that does not exist.
 */
export function analyticalModel(
  target: Target,
  table: EnergyTable = builtInEnergyTable(target.energyTable),
): PerformanceModel {
  const { machine, pullback } = priceTarget(target, table);
  return {
    name: `analytical (${table.name})`,
    target,
    machine,
    machineGradient: pullback,
    movementCost,
    movementGradient,
    layer: (problem) => analyticalLayer(target, problem),
  };
}
