import { mappingSchema } from "@loopnest/mapspace/schema";
import type { SearchResult } from "@loopnest/optimizers";
import * as z from "zod";
import { inputsSchema } from "./read-run.js";

/** `plan.json`: what a search that has not ended is about. */
export const storedPlanSchema = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().describe("version that began the search"),
  startedAt: z.string(),
  sha256: z.string().describe("of the plan"),
  plan: z.strictObject({
    inputs: inputsSchema,
    method: z.string(),
    options: z.looseObject({ seed: z.int() }),
    objective: z.looseObject({ name: z.string() }),
    fixed: z.record(z.string(), z.number()),
  }),
});

const design = z.looseObject({
  hardware: z.record(z.string(), z.number()),
  energyUj: z.number(),
  latencyCycles: z.number(),
  areaMm2: z.number(),
  value: z.number(),
  layers: z.array(
    z.looseObject({
      name: z.string(),
      count: z.int().min(1),
      mapping: mappingSchema,
      energyPj: z.number(),
      latencyCycles: z.number(),
    }),
  ),
});

/** `parts/NN.json`: the result of a finished part. */
export const storedPartSchema = z.strictObject({
  schemaVersion: z.literal(1).exactOptional(),
  loopnest: z.string().exactOptional(),
  part: z.int().min(0),
  plan: z.string().describe("SHA-256 of the plan that it is a part of"),
  secondsSpent: z.number().describe("on the search when the part was finished"),
  sha256: z.string().describe("of the result"),
  result: z.looseObject({
    best: design.nullable(),
    samples: z.number(),
    seconds: z.number(),
    convergence: z.array(z.strictObject({ samples: z.number(), seconds: z.number(), value: z.number() })),
    stopped: z.literal(false),
  }),
});

/** A part as it is kept. */
export interface StoredPart {
  readonly part: number;
  readonly plan: string;
  readonly secondsSpent: number;
  readonly result: SearchResult;
}
