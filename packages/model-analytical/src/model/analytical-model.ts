import { type Counts, type DataMovement, defaultCounts, type PerformanceModel, type Target } from "@loopnest/mapspace";
import { movementCost, movementGradient, movementWords } from "../cost/movement-cost.js";
import { builtInEnergyTable } from "../energy-tables/catalogue.js";
import type { EnergyTable } from "../energy-tables/energy-table.js";
import { priceTarget } from "../pricing/priced-target.js";
import { analyticalLayer } from "./analytical-layer.js";

/** How a target is modelled. */
export interface AnalyticalOptions {
  /** Energies and areas; the target's own table unless given. */
  readonly table?: EnergyTable;
  /** Whose counting; today's Timeloop's unless given. */
  readonly counts?: Counts;
}

/**
 * The closed form as a performance model of a target.
 *
 * @param options What differs from the target's own energy table and today's counts.
 * @throws LoopnestError `input` if the target cannot be read, or names a table that does not exist.
 */
export function analyticalModel(
  target: Target,
  { table = builtInEnergyTable(target.energyTable), counts = defaultCounts }: AnalyticalOptions = {},
): PerformanceModel {
  const { machine, pullback, parts } = priceTarget(target, table);
  const inWords = (movement: readonly DataMovement[]) => movementWords(movement, target.levels[0]!.wordBits);
  return {
    name: `analytical (${table.name})`,
    target,
    counts,
    monotone: ["bandwidth", "accessEnergy"],
    machine,
    machineGradient: pullback,
    movementCost: (movement, machine, rounding) => movementCost(inWords(movement), machine, rounding),
    movementGradient: (movement, machine, seed, toMachine) =>
      movementGradient(inWords(movement), machine, seed, toMachine),
    layer: (problem) => analyticalLayer(target, problem, counts, parts),
    retargeted: (other) => analyticalModel(other, { table, counts }),
  };
}
