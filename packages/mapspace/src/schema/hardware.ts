import * as z from "zod";
import type { Hardware } from "../hardware/target.js";
import { name } from "./quantities.js";

/** A target's free sizes filled in, by name; which names and values a target takes is checked by `hardwareSizes`. */
export const hardwareSchema: z.ZodType<Hardware> = z
  .record(name, z.number())
  .meta({ title: "loopnest hardware", description: "Sizes of a target by name, for example peDim: 16" });
