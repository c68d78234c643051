import { type Architecture, conv, type Hardware, LoopnestError, type Mapping, type Problem } from "@loopnest/mapspace";
import {
  annotatedArchitectureSchema,
  hardwareSchema,
  problemSchema,
  SourceText,
  validate,
} from "@loopnest/mapspace/schema";
import * as z from "zod";
import type { Sample } from "./sample.js";

/** A mapping with what is needed to predict its cycles; `measuredCycles` if they are known. */
export interface CaseRecord extends Omit<Sample, "measuredCycles"> {
  readonly measuredCycles?: number;
  /** The machine in full, where the record describes one. */
  readonly architecture?: Architecture;
}

const bound = z.int().min(1);
const pair = z.union([bound, z.tuple([bound, bound])]);

/** A convolution or matrix product by its bounds alone. */
const shortProblem = z
  .strictObject({
    name: z.string().min(1).optional(),
    dims: z
      .strictObject({
        R: bound.default(1),
        S: bound.default(1),
        P: bound.default(1),
        Q: bound.default(1),
        C: bound.default(1),
        K: bound.default(1),
        N: bound.default(1),
        G: bound.optional(),
      })
      .describe("bounds of a convolution's dimensions; those left out are 1"),
    stride: pair.optional(),
    dilation: pair.optional(),
  })
  .transform(
    ({ name, dims: { G, ...dims }, stride, dilation }): Problem =>
      conv({
        ...dims,
        ...(name === undefined ? {} : { name }),
        ...(G === undefined ? {} : { G }),
        ...(stride === undefined ? {} : { stride }),
        ...(dilation === undefined ? {} : { dilation }),
      }),
  );

const level = z.strictObject({
  level: z.string().min(1),
  temporal: z.array(z.tuple([z.string().min(1), bound])).default([]),
  spatial: z.array(z.tuple([z.string().min(1), bound, z.enum(["X", "Y"])])).default([]),
  keeps: z.array(z.string()).default([]),
});

const cycles = z.number().gt(0);

/** Fields beside these (expected counts, say) are passed over. */
const record = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  mapping: z.array(level).min(1),
  hardware: hardwareSchema.optional(),
  architecture: annotatedArchitectureSchema.optional(),
  cycles: cycles.optional(),
  rtlCycles: cycles.optional(),
  measuredCycles: cycles.optional(),
  energyPj: cycles.optional(),
});
const shortRecord = record.extend({ problem: shortProblem });
const fullRecord = record.extend({ problem: problemSchema });

/** Names under which a record may give its measured cycles. */
const CYCLE_FIELDS = ["cycles", "rtlCycles", "measuredCycles"] as const;

/**
 * Reads one record: `{id?, problem, mapping, hardware?, architecture?, cycles?}`. The problem is in full (`tensors`) or
 * short (`{dims, stride?, dilation?}`, a convolution); levels of the mapping may leave out what they do not have;
 * cycles may also be called `rtlCycles` or `measuredCycles`, but only be one number; `energyPj` may stand beside them.
 *
 * @param line Line of the text in its file, for errors.
 * @throws LoopnestError `input` with file, line, column and field.
 * @internal
 */
export function readRecord(text: string, line: number, file?: string): CaseRecord {
  try {
    const source = new SourceText(text, { format: "json" });
    return recordOf(isFull(source.data) ? validate(source, fullRecord) : validate(source, shortRecord));
  } catch (error) {
    throw error instanceof LoopnestError ? atLine(error, line, file) : error;
  }
}

function isFull(data: unknown): boolean {
  const problem = (data as { problem?: unknown } | null)?.problem;
  return typeof problem === "object" && problem !== null && "tensors" in problem;
}

/** The same error, placed at a line of a file. */
export function atLine({ data }: LoopnestError, line: number, file?: string): LoopnestError {
  const position = { column: data.position?.column ?? 1, line, ...(file === undefined ? {} : { file }) };
  return new LoopnestError({ ...data, position });
}

function recordOf(data: z.infer<typeof shortRecord>): CaseRecord {
  const { id, problem, mapping, hardware, architecture, energyPj } = data;
  const [field, ...others] = CYCLE_FIELDS.filter((name) => data[name] !== undefined);
  const other = others.find((name) => data[name] !== data[field!]);
  if (other !== undefined) {
    throw new LoopnestError({
      code: "input",
      path: other,
      problem: `is ${data[other]}, but ${field} is ${data[field!]}`,
      fix: "give the measured cycles once",
    });
  }
  return {
    problem,
    mapping: mapping as Mapping,
    ...(id === undefined ? {} : { id: String(id) }),
    ...(hardware === undefined ? {} : { hardware: hardware as Hardware }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(field === undefined ? {} : { measuredCycles: data[field]! }),
    ...(energyPj === undefined ? {} : { measuredEnergyPj: energyPj }),
  };
}
