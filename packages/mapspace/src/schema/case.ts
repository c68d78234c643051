import * as z from "zod";
import type { Architecture } from "../hardware/architecture.js";
import type { Mapping } from "../mapping/mapping.js";
import { type Counts, countsNames } from "../model/counts.js";
import type { Problem } from "../problem/problem.js";
import { annotatedArchitectureSchema } from "./architecture.js";
import { mappingSchema } from "./mapping.js";
import { problemSchema } from "./problem.js";
import { name } from "./quantities.js";

/** Everything that one evaluation needs. */
export interface Case {
  readonly id?: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
  /** Whose counting is meant; whoever evaluates decides unless it is given. */
  readonly counts?: Counts;
  /** Tensors that other layers make or read under loops shared with this one: see `evaluate`. */
  readonly held?: readonly string[];
}

/**
 * One evaluation. Fields that it does not know are dropped, at the top and in the architecture: records of measurements
 * carry their results (`expected`, `error`, `message`) beside the case.
 */
export const caseSchema: z.ZodType<Case> = z
  .object({
    id: name.exactOptional().describe("told again with the result"),
    architecture: annotatedArchitectureSchema,
    problem: problemSchema,
    mapping: mappingSchema,
    counts: z.enum(countsNames).exactOptional().describe("whose counting is meant; that of the command unless given"),
    held: z
      .array(z.string())
      .min(1)
      .exactOptional()
      .describe("tensors held on chip between this layer and others that share the loops outside; none unless given"),
  })
  .meta({ title: "loopnest case", description: "One evaluation: architecture, problem and mapping" });
