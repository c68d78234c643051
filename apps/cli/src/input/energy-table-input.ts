import { dirname, join } from "node:path";
import type { ActionCosts, Target } from "@loopnest/mapspace";
import { energyTableSchema } from "@loopnest/mapspace/schema";
import {
  builtInEnergyTable,
  type EnergyTable,
  energyTableNames,
  isBuiltInEnergyTable,
  tableFromActions,
} from "@loopnest/model-analytical";
import { nameOrFile } from "./name-or-file.js";

/** An energy table as plain data: the name of a built-in one, or a user's own numbers. */
export type EnergyTableData = string | ActionCosts;

/** @throws LoopnestError `input` for an unknown name or a file that cannot be read. */
export async function energyTableInput(given: string): Promise<EnergyTableData> {
  // Built once to see whether it can be.
  if (isBuiltInEnergyTable(given)) return builtInEnergyTable(given).name;
  return nameOrFile<EnergyTableData>(given, {
    what: "energy table",
    names: energyTableNames,
    builtIn: (name) => name,
    schema: energyTableSchema,
  });
}

/**
 * The table that a target names: a built-in one, or a file beside the target's own.
 *
 * @param given The target as it was given: its name, or its file.
 * @throws LoopnestError `input` as `energyTableInput` does.
 */
export function targetEnergyTable({ energyTable: named }: Target, given: string): Promise<EnergyTableData> {
  return energyTableInput(isBuiltInEnergyTable(named) ? named : join(dirname(given), named));
}

/** The table itself, which holds functions and so cannot be sent or stored. */
export function energyTableOf(data: EnergyTableData): EnergyTable {
  return typeof data === "string" ? builtInEnergyTable(data) : tableFromActions(data);
}
