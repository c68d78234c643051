import * as z from "zod";
import type { Mapping } from "../mapping/mapping.js";
import { name, positiveInteger } from "./quantities.js";

const level = z.strictObject({
  level: name.describe("a storage level of the architecture"),
  temporal: z.array(z.tuple([name, positiveInteger])).describe("[dimension, factor], outermost first"),
  spatial: z
    .array(z.tuple([name, positiveInteger, z.enum(["X", "Y"])]))
    .describe("[dimension, factor, axis], outermost first; inside the temporal loops of the level, Y outside X"),
  keeps: z.array(name).describe("tensors kept here, a subset of those the hardware can keep"),
});

/** How a problem runs on an architecture: one entry per storage level, outermost first. */
export const mappingSchema: z.ZodType<Mapping> = z
  .array(level)
  .min(1)
  .meta({ title: "loopnest mapping", description: "Loops and kept tensors of every storage level, outermost first" });
