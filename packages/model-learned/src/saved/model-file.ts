import { type LoopnestError as Failure, GREATEST_QUANTITY, LEAST_QUANTITY, LoopnestError } from "@loopnest/mapspace";
import { type SourceOptions, SourceText, validate } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { FEATURE_GROUPS, featureNames } from "../features/feature-names.js";
import { parameterCount } from "../network/mlp.js";
import { driverNames } from "../schedule/driver.js";
import { CONSTANTS } from "../schedule/machine-constants.js";
import { decodeNumbers, encodeNumbers } from "./number-text.js";
import type { SavedModel } from "./saved-model.js";

/** Version of the form; a file of another one is refused. */
const SCHEMA_VERSION = 1;
const KIND = "loopnest-learned-model";

/** Cycles of something, within the range of quantities. */
const cycles = z.number().gt(0).min(LEAST_QUANTITY).max(GREATEST_QUANTITY);
const numbers = z.array(z.number());
/** Logs of ratios of cycles: e^50 is more than any machine is off. */
const LARGEST_LOG = 50;
const logSpread = z.number().min(0).max(LARGEST_LOG);
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
  prior: z.enum(["schedule", "analytical", "none"]),
  driver: z.enum(driverNames as [string, ...string[]]),
  groups: z.array(z.enum(FEATURE_GROUPS)),
  featureNames: z.array(z.string()),
  constants: z.record(z.string(), cycles).describe("cycles per unit of a count, by name"),
  fastestRow: cycles.describe("fewest cycles per row streamed through the array"),
  features: z.strictObject({ mean: numbers, deviation: numbers, low: numbers, high: numbers }),
  residual: z.strictObject({
    mean: z.number().min(-LARGEST_LOG).max(LARGEST_LOG),
    scale: logSpread.gt(0),
    noise: logSpread,
  }),
  networks: z.array(
    z.strictObject({
      widths: z.array(z.int().min(1).max(4096)).min(2).max(16),
      parameters: z.string().describe("base64 of little-endian 32-bit floats"),
    }),
  ),
});

/** A model as the text of a file: versioned JSON. */
export function writeModel({ name, target, residual, origin }: SavedModel): string {
  const { prior, driver, groups, logConstants, logFastestRow, features, mean, scale, noise, networks } = residual;
  const short = (values: Float64Array) => Array.from(values, (value) => Number(value.toPrecision(8)));
  const file: z.infer<typeof modelFile> = {
    kind: KIND,
    schemaVersion: SCHEMA_VERSION,
    name,
    target,
    origin,
    prior,
    driver,
    groups: [...groups],
    featureNames: featureNames(groups),
    constants: Object.fromEntries(
      CONSTANTS.map((constant, i) => [constant, Number(Math.exp(logConstants[i]!).toPrecision(8))]),
    ),
    fastestRow: Math.exp(logFastestRow),
    features: {
      mean: short(features.mean),
      deviation: short(features.deviation),
      low: short(features.low),
      high: short(features.high),
    },
    residual: { mean, scale, noise },
    networks: networks.map(({ widths, parameters }) => ({
      widths: [...widths],
      parameters: encodeNumbers(parameters),
    })),
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
  const names = featureNames(file.groups);
  if (file.featureNames.join() !== names.join()) {
    const other = file.featureNames.find((name, i) => name !== names[i]) ?? names[file.featureNames.length];
    throw fail(
      ["featureNames"],
      `the feature ${other} is not what this version computes there`,
      "train the model again",
    );
  }
  const table = (name: "mean" | "deviation" | "low" | "high") => {
    const values = Float64Array.from(file.features[name]);
    if (values.length !== names.length) {
      throw fail(["features", name], `${values.length} values for ${names.length} features`, "restore the file");
    }
    const flat = name === "deviation" ? values.findIndex((value) => value <= 0) : -1;
    if (flat < 0) return values;
    throw fail(["features", name, flat], `is ${values[flat]}`, "give a number above 0");
  };
  const constants = Float64Array.from(CONSTANTS, (name) => {
    const value = file.constants[name];
    if (value !== undefined) return Math.log(value);
    throw fail(["constants"], `the constant ${name} is missing`, "restore the file, or train the model again");
  });
  const networks = file.networks.map(({ widths, parameters }, n) => {
    if (widths[0] !== names.length || widths.at(-1) !== 1) {
      throw fail(["networks", n, "widths"], `widths ${widths.join(", ")}`, `begin with ${names.length}, end with 1`);
    }
    const size = parameterCount(widths);
    const decoded = decodeNumbers(parameters, size);
    if (decoded !== null) return { widths, parameters: decoded };
    throw fail(
      ["networks", n, "parameters"],
      `not ${size} finite numbers in base64`,
      "restore the file: it is damaged",
    );
  });
  return {
    name: file.name,
    target: file.target,
    groups: file.groups,
    featureNames: names,
    origin: file.origin,
    residual: {
      prior: file.prior,
      driver: file.driver as SavedModel["residual"]["driver"],
      groups: file.groups,
      logConstants: constants,
      logFastestRow: Math.log(file.fastestRow),
      features: { mean: table("mean"), deviation: table("deviation"), low: table("low"), high: table("high") },
      mean: file.residual.mean,
      scale: file.residual.scale,
      noise: file.residual.noise,
      networks,
    },
  };
}
