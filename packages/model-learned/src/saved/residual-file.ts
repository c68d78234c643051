import { GREATEST_QUANTITY, LEAST_QUANTITY } from "@loopnest/mapspace";
import * as z from "zod";
import { featureNames } from "../features/feature-names.js";
import { FEATURE_GROUPS } from "../features/feature-table.js";
import { parameterCount } from "../network/mlp.js";
import type { ResidualModel } from "../residual/residual-model.js";
import { driverNames } from "../schedule/driver.js";
import { CONSTANTS, type UnitConstants } from "../schedule/machine-constants.js";
import { decodeNumbers, encodeNumbers } from "./number-text.js";

/** Cycles of something, within the range of quantities. */
const cycles = z.number().gt(0).min(LEAST_QUANTITY).max(GREATEST_QUANTITY);
const numbers = z.array(z.number());
/** Logs of ratios of cycles: e^50 is more than any machine is off. */
const LARGEST_LOG = 50;
const logSpread = z.number().min(0).max(LARGEST_LOG);

/** A correction as fields of a file. */
export const residualFields = {
  prior: z.enum(["schedule", "analytical", "none"]),
  driver: z.enum(driverNames as [string, ...string[]]),
  groups: z.array(z.enum(FEATURE_GROUPS)),
  featureNames: z.array(z.string()),
  constants: z
    .strictObject({ convolution: z.record(z.string(), cycles), product: z.record(z.string(), cycles) })
    .describe("cycles per unit of a count, by name, of the unit for convolutions and that for matrix products"),
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
};

const residualFile = z.strictObject(residualFields);
export type ResidualFile = z.infer<typeof residualFile>;

/** What is wrong with a field of a correction, by its path. */
export type FieldFault = (path: (string | number)[], problem: string, fix: string) => Error;

export function residualToFile(residual: ResidualModel): ResidualFile {
  const { prior, driver, groups, constants, logFastestRow, features, mean, scale, noise, networks } = residual;
  const named = (logs: Float64Array) =>
    Object.fromEntries(CONSTANTS.map((constant, i) => [constant, Number(Math.exp(logs[i]!).toPrecision(8))]));
  const short = (values: Float64Array) => Array.from(values, (value) => Number(value.toPrecision(8)));
  return {
    prior,
    driver,
    groups: [...groups],
    featureNames: featureNames(groups),
    constants: { convolution: named(constants.convolution), product: named(constants.product) },
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
}

/** @throws What `fail` makes of a field that is wrong, or whose features are not those that this version computes. */
export function residualFromFile(file: ResidualFile, fail: FieldFault): ResidualModel {
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
  const constantsOf = (unit: keyof UnitConstants) =>
    Float64Array.from(CONSTANTS, (name) => {
      const value = file.constants[unit][name];
      if (value !== undefined) return Math.log(value);
      const fix = "restore the file, or train the model again";
      throw fail(["constants", unit], `the constant ${name} is missing`, fix);
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
    prior: file.prior,
    driver: file.driver as ResidualModel["driver"],
    groups: file.groups,
    constants: { convolution: constantsOf("convolution"), product: constantsOf("product") },
    logFastestRow: Math.log(file.fastestRow),
    features: { mean: table("mean"), deviation: table("deviation"), low: table("low"), high: table("high") },
    mean: file.residual.mean,
    scale: file.residual.scale,
    noise: file.residual.noise,
    networks,
  };
}
