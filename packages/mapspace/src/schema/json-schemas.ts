import * as z from "zod";
import { architectureSchema } from "./architecture.js";
import { caseSchema } from "./case.js";
import { energyTableSchema } from "./energy-table.js";
import { hardwareSchema } from "./hardware.js";
import { mappingSchema } from "./mapping.js";
import { problemSchema } from "./problem.js";
import { targetSchema } from "./target.js";
import { workloadSchema } from "./workload.js";

/** One schema per noun, by the noun's name. */
export const schemas = {
  architecture: architectureSchema,
  case: caseSchema,
  "energy-table": energyTableSchema,
  hardware: hardwareSchema,
  mapping: mappingSchema,
  problem: problemSchema,
  target: targetSchema,
  workload: workloadSchema,
} as const;

/** A noun that has a schema. */
export type DocumentKind = keyof typeof schemas;

/**
 * The JSON Schema (draft 2020-12) of a kind of document: what editors and other programs check files with.
 *
 * Rules across fields (a rank names a dimension that exists, say) are beyond it; `parseDocument` checks those too.
 */
export function jsonSchema(kind: DocumentKind): Record<string, unknown> {
  return z.toJSONSchema(schemas[kind], { io: "input", target: "draft-2020-12" }) as Record<string, unknown>;
}
