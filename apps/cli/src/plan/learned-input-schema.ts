import * as z from "zod";
import type { LearnedInput } from "./search-plan.js";

/** The learned model of a search, as files keep it. */
export const learnedInputSchema: z.ZodType<LearnedInput> = z.strictObject({
  model: z.union([z.string(), z.record(z.string(), z.unknown())]).describe("name of a built-in one, or its content"),
  uncertaintyPenalty: z.number().min(0),
});
