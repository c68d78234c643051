import * as z from "zod";
import type { ActionCosts } from "../hardware/action-costs.js";

const cost = z.number().min(0);

/** A file with a user's own numbers: energy per action and area of every level and of the MAC. */
export const energyTableSchema: z.ZodType<ActionCosts> = z
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
  .meta({
    title: "loopnest energy table",
    description: "Energies and areas of your own, in place of a built-in table",
  });
