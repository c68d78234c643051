import { mappingSchema } from "@loopnest/mapspace/schema";
import * as z from "zod";

const amount = z.number().min(0);
const fusionCost = { energyPj: amount, latencyCycles: amount, outermostWords: amount };
const place = z.int().min(0);

/** What a run with fusion keeps of segments, edges and the network without: `fusion` of `result.json`. */
export const fusionSchema = z.strictObject({
  home: z.string().describe("the level that holds what layers hand over"),
  capacityWords: amount.nullable().describe("of the home; null is unlimited"),
  outermostWords: amount.describe("read from the outermost level and written to it, by all layers"),
  apart: z
    .strictObject({
      ...{ value: amount, energyUj: amount, latencyCycles: amount, outermostWords: amount },
      mappings: z.array(mappingSchema).min(1).describe("one per layer of the workload"),
    })
    .describe("the best network layer by layer"),
  segments: z.array(
    z.strictObject({
      layers: z.array(place).min(2).describe("places in layers"),
      edges: z.array(place).min(1).describe("places in the edges of the workload"),
      count: z.int().min(1),
      loops: z
        .array(z.tuple([z.string(), z.int().min(2)]))
        .describe("that the layers share, outermost first, by the first layer's dimensions"),
      words: z
        .strictObject({
          held: z.array(amount).describe("per edge, while its producer or consumer runs"),
          halo: z.array(amount).describe("per edge, while other layers run"),
          above: amount.describe("kept outside the shared loops, all the time"),
          running: z.array(amount).describe("per layer, for itself while it runs"),
          occupied: z.array(amount).describe("per layer, all together while it runs"),
        })
        .describe("of the home"),
      ...fusionCost,
      apart: z.strictObject(fusionCost).describe("the same layers in the best network layer by layer"),
    }),
  ),
  edges: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      count: z.int().min(1),
      fused: z.int().min(0),
      reason: z.string().nullable().describe("why the others are not"),
      words: amount.describe("elements handed over"),
      cuts: z.array(z.string()).describe("the producer's dimensions that shared loops may cut"),
      againWords: amount.describe("elements that both layers read beside, and none of those loops moves"),
    }),
  ),
});
