import { dirname, join } from "node:path";
import type { Target } from "@loopnest/mapspace";
import {
  type ActionCosts,
  builtInEnergyTable,
  type EnergyTable,
  energyTableNames,
  isBuiltInEnergyTable,
  tableFromActions,
} from "@loopnest/model-analytical";
import * as z from "zod";
import { nameOrFile } from "./name-or-file.js";

/** An energy table as plain data: the name of a built-in one, or a user's own numbers. */
export type EnergyTableData = string | ActionCosts;

const cost = z.number().min(0);

/** A file with a user's own numbers: energy per action and area of every level and of the MAC. */
export const actionCostsSchema: z.ZodType<ActionCosts> = z
  .strictObject({
    name: z.string().min(1).exactOptional().meta({ description: "how results call it", default: "actions" }),
    source: z.string().exactOptional().describe("where the numbers come from"),
    levels: z
      .record(
        z.string(),
        z.strictObject({
          energyPerVectorAccessPj: cost.exactOptional().describe("of one vector access, whichever it is [pJ]"),
          readEnergyPj: cost.exactOptional().describe("of one that reads, where the kinds differ [pJ]"),
          fillEnergyPj: cost.exactOptional().describe("of one that fills [pJ]"),
          updateEnergyPj: cost.exactOptional().describe("of one that updates [pJ]"),
          leakPjPerCycle: cost
            .exactOptional()
            .meta({ description: "static energy of one instance in use [pJ/cycle]", default: 0 }),
          areaUm2: cost.exactOptional().describe("area of one instance [um2]"),
        }),
      )
      .describe("by the level's name"),
    mac: z
      .strictObject({
        energyPj: cost.describe("of one multiply-accumulate [pJ]"),
        areaUm2: cost.exactOptional().describe("area of one unit [um2]"),
      })
      .describe("the multiply-accumulate unit"),
  })
  .meta({ description: "Energies and areas of your own, in place of a built-in table" });

/** @throws LoopnestError `input` for an unknown name or a file that cannot be read. */
export async function energyTableInput(given: string): Promise<EnergyTableData> {
  // Built once to see whether it can be.
  if (isBuiltInEnergyTable(given)) return builtInEnergyTable(given).name;
  return nameOrFile<EnergyTableData>(given, {
    what: "energy table",
    names: energyTableNames,
    builtIn: (name) => name,
    schema: actionCostsSchema,
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
