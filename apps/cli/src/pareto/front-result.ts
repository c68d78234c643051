import * as z from "zod";
import { runResultSchema } from "../run-folder/run-result.js";

/** Version of the form of `pareto.json`; it grows when a reader of the old form would misread the new one. */
export const FRONT_SCHEMA_VERSION = 1;

const amount = z.number().min(0);
const sizes = z.record(z.string(), z.number());

const design = z.strictObject({
  hardware: sizes,
  value: amount.describe("of the objective"),
  areaMm2: amount,
  edp: amount.describe("energyUj x latencyCycles"),
  energyUj: amount,
  latencyCycles: amount,
});

const search = z.strictObject({
  name: z.string(),
  limitMm2: z.number().nullable().describe("area that the search might take; null: no limit"),
  design: design.nullable().describe("null: nothing was found within the limit"),
  lowerBound: amount.exactOptional().describe("no design within the limit can be better, if the method proves it"),
  samples: amount.describe("evaluations of the whole network; 0 where nothing was found"),
  seconds: amount,
  best: z.string().nullable().describe("the search whose design is the best known within this limit"),
});

const { versions, inputs, counts, method, seed, options, objective, fixed, mayPad, unit } = runResultSchema.shape;

/** What `pareto.json` holds. */
export const frontResultSchema = z.strictObject({
  schemaVersion: z.literal(FRONT_SCHEMA_VERSION),
  status: z.enum(["finished", "unfinished"]),
  ...{ versions, inputs, counts, method, seed, options, objective, fixed, mayPad },
  points: z.int().min(1).describe("searches at most"),
  minAreaMm2: amount.exactOptional().describe("where the front was to end"),
  unit,
  smallest: z
    .strictObject({ hardware: sizes, areaMm2: amount })
    .describe("the smallest hardware that runs the network at all"),
  searches: z.array(search).describe("in their order; each with a run folder of its name if it found a design"),
  front: z.array(z.string()).describe("searches whose designs no other design beats, smallest area first"),
  knee: z
    .string()
    .nullable()
    .exactOptional()
    .describe("the search whose design lies farthest below the line between the ends of the front, in logs"),
});

export type FrontResult = z.infer<typeof frontResultSchema>;
