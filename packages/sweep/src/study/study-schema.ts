import * as z from "zod";
import type { Point } from "./point.js";

/** Names that a study may use; who runs it knows them. */
export interface StudyNames {
  readonly methods: readonly string[];
  readonly objectives: readonly string[];
  readonly counts: readonly string[];
  readonly orders: readonly string[];
}

/** Values of a numeric axis: `from`, and on in steps of `step` (1 unless given) up to `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly step?: number;
}

/** Values of every field that a study goes through: each with each of the others. */
export type Axes = { readonly [Field in keyof Point]?: readonly NonNullableValue<Field>[] | Span };
type NonNullableValue<Field extends keyof Point> = Exclude<Point[Field], undefined>;

/** Points that are left out: those that have, of every field that it names, the value or one of the values. */
export type Exclusion = {
  readonly [Field in keyof Point]?: Point[Field] | readonly Exclude<Point[Field], undefined>[];
};

/** A study, as its file gives it. */
export interface Study {
  readonly name?: string;
  readonly description?: string;
  readonly axes?: Axes;
  /** Of every point that does not say otherwise. */
  readonly options?: Partial<Point>;
  /** More points, beside those of the axes. */
  readonly points?: readonly Partial<Point>[];
  readonly exclude?: readonly Exclusion[];
  /** What stays of every search: its figures, or its whole run folder. */
  readonly keep: "figures" | "runs";
}

/** The schema of a study file. @param names That its fields may have. */
export function studySchema(names: StudyNames): z.ZodType<Study> {
  const fields = pointFields(names);
  const axes: Record<string, z.ZodType> = {};
  const exclusions: Record<string, z.ZodType> = {};
  for (const [field, schema] of Object.entries(fields)) {
    const list = z.array(schema).min(1);
    axes[field] = (NUMERIC.has(field) ? z.union([list, span]) : list).exactOptional();
    exclusions[field] = z.union([schema, list]).exactOptional();
  }
  const options: Record<string, z.ZodType> = {};
  for (const [field, schema] of Object.entries(fields)) options[field] = schema.exactOptional();
  return z
    .strictObject({
      name: text.exactOptional().describe("how the study is called; the file's name unless given"),
      description: z.string().exactOptional(),
      axes: z.strictObject(axes).exactOptional().describe("values of fields: each with each of the others"),
      options: z.strictObject(options).exactOptional().describe("of every point that does not say otherwise"),
      points: z.array(z.strictObject(options)).exactOptional().describe("more points, beside those of the axes"),
      exclude: z
        .array(z.strictObject(exclusions).refine(isNotEmpty, { error: "leaves everything out", params: { fix: NAME } }))
        .exactOptional()
        .describe("points that are left out: those that have all the values that are named"),
      keep: z
        .enum(["figures", "runs"])
        .default("figures")
        .describe("what stays of every search: its figures, or its whole run folder too"),
    })
    .refine(({ axes, points }) => axes !== undefined || points !== undefined, {
      error: "there are neither axes nor points",
      params: { fix: "give axes, points or both" },
    })
    .meta({
      title: "loopnest study",
      description: "A grid of searches for loopnest sweep",
    }) as unknown as z.ZodType<Study>;
}

const NAME = "name a field and its value";
const text = z.string().min(1);
const count = z.int().min(1);
const limit = z.number().gt(0).nullable();
const sizes = z.record(z.string(), z.number());
const span = z
  .strictObject({ from: z.number(), to: z.number(), step: z.number().gt(0).exactOptional() })
  .refine(({ from, to, step = 1 }) => to >= from && (to - from) / step < 1e6, {
    error: "has no values, or more than a million",
    params: { fix: "give a to that is not below from" },
  })
  .describe("from, and on in steps (of 1 unless given) up to to");

/** Fields whose axis may be a span. */
const NUMERIC: ReadonlySet<string> = new Set([
  ...[
    "maxAreaMm2",
    "maxLatencyCycles",
    "maxEnergyUj",
    "maxEdp",
    "within",
    "uncertaintyPenalty",
    "samples",
    "starts",
    "steps",
    "gap",
    "designs",
    "seed",
  ],
]);

function pointFields({ methods, objectives, counts, orders }: StudyNames): Record<keyof Point, z.ZodType> {
  return {
    workload: z
      .union([text, z.array(text).min(1)])
      .describe("a network by name or file; in a list of its own, several that share the accelerator"),
    target: text.describe("accelerator template by name, or a target file"),
    energyTable: text.describe("by name or file; the target's own unless given"),
    model: text.describe("learned model by name or file"),
    uncertaintyPenalty: z.number().min(0).describe("deviations that every learned latency is counted slower"),
    counts: z.enum(counts),
    pad: z.string().regex(/^(auto|off|[\d.]+%)$/, "auto, off, or a share such as 5%"),
    objective: z.enum(objectives),
    maxAreaMm2: limit.describe("area limit in mm2; null is none"),
    maxLatencyCycles: limit.describe("latency limit of the whole network in cycles; null is none"),
    maxEnergyUj: limit.describe("energy limit of the whole network in uJ; null is none"),
    maxEdp: limit.describe("limit of energy x delay of the whole network in uJ x cycles; null is none"),
    within: limit.describe(
      "take the smallest design within this share of the best value: 0.01 is 1 %; null is the best",
    ),
    fix: sizes.describe("hardware sizes that are given, not searched: {peDim: 16}"),
    weight: sizes.describe("of several networks: how often each runs beside the others"),
    dim: sizes.describe("sizes of a built-in network, or that an ONNX model leaves open"),
    method: z.enum(methods),
    samples: count.describe("evaluations of the network in every search"),
    starts: count,
    steps: count,
    orders: z.enum(orders),
    gap: z.number().min(0),
    designs: count,
    seed: z.int(),
  };
}

function isNotEmpty(exclusion: object): boolean {
  return Object.keys(exclusion).length > 0;
}
