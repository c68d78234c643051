import { type Counts, countsNames, type LoopnestError as Failure, LoopnestError } from "@loopnest/mapspace";
import { type SourceOptions, SourceText, validate } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { featureNames } from "../features/feature-names.js";
import { residualFields, residualFromFile, residualToFile } from "./residual-file.js";
import type { SavedModel } from "./saved-model.js";

/** Version of the form; a file of another one is refused. */
const SCHEMA_VERSION = 3;
const KIND = "loopnest-learned-model";

const metrics = z.strictObject({
  samples: z.number(),
  // Of a single value there is no rank correlation: NaN, which JSON writes as null.
  spearman: z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
  meanAbsLogError: z.number(),
  medianRelativeError: z.number(),
  within10: z.number(),
  within25: z.number(),
});

const modelFile = z.strictObject({
  kind: z.literal(KIND),
  schemaVersion: z.literal(SCHEMA_VERSION),
  name: z.string().min(1),
  target: z.string().min(1),
  origin: z.strictObject({
    samples: z.int().min(0),
    shapes: z.int().min(0),
    dataHash: z.string(),
    seed: z.int(),
    source: z.string(),
    metrics: z.strictObject({ folds: z.int().min(2), analytical: metrics, learned: metrics, both: metrics }).nullable(),
  }),
  counts: z
    .enum(countsNames as [Counts, ...Counts[]])
    .nullable()
    .describe("whose counting the base model must use"),
  units: z.strictObject({ latency: z.literal("cycles"), energy: z.literal("pJ") }),
  ...residualFields,
  energy: z.strictObject(residualFields).exactOptional().describe("correction of energies, if some were measured"),
});

/** A model as the text of a file: versioned JSON. */
export function writeModel({ name, target, counts, residual, energy, origin }: SavedModel): string {
  const file: z.infer<typeof modelFile> = {
    kind: KIND,
    schemaVersion: SCHEMA_VERSION,
    ...{ name, target, origin, counts },
    units: { latency: "cycles", energy: "pJ" },
    ...residualToFile(residual),
    ...(energy !== undefined && { energy: residualToFile(energy) }),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Reads a model from the text of a file.
 *
 * @throws LoopnestError `input`, with line, column and path, if the file is damaged, of another version or no model, or
 * if its features are not those that this version computes.
 */
export function readModel(text: string, options: SourceOptions = {}): SavedModel {
  const source = new SourceText(text, { ...options, format: "json" });
  const fail = (path: (string | number)[], problem: string, fix: string): Failure =>
    new LoopnestError({ code: "input", path: path.join("."), problem, fix, position: source.positionOf(path) });

  const version = (source.data as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === "number" && version !== SCHEMA_VERSION) {
    throw fail(
      ["schemaVersion"],
      `the model is of version ${version}, this program reads version ${SCHEMA_VERSION}`,
      "calibrate again, or use the program that wrote it",
    );
  }
  const file = validate(source, modelFile);
  const residual = residualFromFile(file, fail);
  const { name, target, counts, origin, energy } = file;
  return {
    ...{ name, target, counts, origin, residual },
    ...(energy !== undefined && {
      energy: residualFromFile(energy, (path, ...said) => fail(["energy", ...path], ...said)),
    }),
    groups: file.groups,
    featureNames: featureNames(file.groups),
  };
}
