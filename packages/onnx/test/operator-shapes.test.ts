import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { givenSizes } from "../src/inference/given-sizes.js";
import { inferShapes } from "../src/inference/infer-shapes.js";
import { readModel } from "../src/model/read-model.js";
import { type AttributeValue, BOOL, GraphBuilder, INT32, INT64, UINT8 } from "./model-builder.js";

/**
 * What an operator is given: a shape of floating-point words, of others, constant numbers, or nothing ("" for an input
 * left out).
 */
type Given =
  | ""
  | readonly number[]
  | { readonly ints: readonly number[] | number }
  | { readonly floats: readonly number[] | number }
  | { readonly [type in keyof typeof TYPES]?: readonly number[] };

const TYPES = { int64: INT64, int32: INT32, uint8: UINT8, bool: BOOL };

interface OperatorCase {
  readonly operator: string;
  readonly given: readonly Given[];
  readonly attributes?: Record<string, AttributeValue>;
  /** Version of ONNX's operators; 17 unless given. */
  readonly opset?: number;
  /** Shapes of its outputs, as ONNX Runtime 1.23.0 made them when it ran the operator. */
  readonly outputs: readonly number[][];
}

const file = new URL("../fixtures/operator-shapes.json", import.meta.url);
const cases: readonly OperatorCase[] = JSON.parse(readFileSync(file, "utf8"));

function input(g: GraphBuilder, given: Given, i: number): string {
  if (given === "") return "";
  if ("ints" in given) return g.integers(given.ints);
  if ("floats" in given) return g.floats(given.floats);
  for (const [type, code] of Object.entries(TYPES)) {
    if (type in given) return g.input(`x${i}`, given[type as keyof typeof given] as unknown as number[], code);
  }
  return g.input(`x${i}`, given as readonly number[]);
}

it.each(cases)("$operator of $given, $attributes: $outputs", ({ operator, given, attributes, opset, outputs }) => {
  const g = new GraphBuilder();
  const inputs = given.map((each, i) => input(g, each, i));
  for (const output of g.nodes(outputs.length, operator, inputs, attributes)) g.output(output);
  // What the data decides is given, as a user would.
  const decided: Record<string, number> = operator === "Unique" ? { "Unique_2[0]": outputs[0]![0]! } : {};
  const found = inferShapes(readModel(g.bytes(opset)), givenSizes(decided));
  expect(found.outputs.map(({ shape }) => shape)).toEqual(outputs);
  expect(found.steps.map(({ outcome }) => outcome.kind)).not.toContain("unknown");
});
