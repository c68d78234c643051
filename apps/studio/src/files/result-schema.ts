import { mappingSchema } from "@loopnest/mapspace/schema";
import type { RunResult } from "@loopnest/report";
import * as z from "zod";
import { type SourceText, validate } from "./documents.js";

const amount = z.number();

/** What the studio reads of `result.json`: the program's own schema says all of it. */
const resultSchema = z.looseObject({
  schemaVersion: z.literal(1),
  status: z.enum(["finished", "interrupted"]),
  counts: z.enum(["timeloop-2025", "timeloop-2022"]).default("timeloop-2022"),
  method: z.string(),
  seed: amount,
  objective: z.looseObject({ name: z.enum(["edp", "energy", "latency", "edap", "area"]) }),
  samples: amount,
  value: amount,
  unit: z.string(),
  hardware: z.record(z.string(), amount),
  totals: z.looseObject({ edp: amount, energyUj: amount, latencyCycles: amount, areaMm2: amount, macs: amount }),
  layers: z
    .array(
      z.looseObject({
        ...{ name: z.string(), count: amount, macs: amount, energyPj: amount, latencyCycles: amount },
        ...{ utilization: amount, bottleneck: z.string(), computeCycles: amount, computeEnergyPj: amount },
        share: z.looseObject({ energy: amount, latency: amount, edp: amount }),
        levels: z.record(
          z.string(),
          z.looseObject({ cycles: amount, tensors: z.record(z.string(), z.looseObject({})) }),
        ),
        mapping: mappingSchema,
      }),
    )
    .min(1),
  convergence: z.array(z.looseObject({ samples: amount, seconds: amount, value: amount })),
});

/** Reads `result.json`. @throws LoopnestError `input` with its place if it is none. */
export function parseResult(source: SourceText): RunResult {
  return validate(source, resultSchema) as unknown as RunResult;
}
