import * as z from "zod";
import { type ConvShape, conv, depthwiseConv } from "../conv.js";
import { type MatmulShape, matmul } from "../matmul.js";
import type { Problem } from "../problem.js";
import type { DataMovement, Layer, Workload } from "../workload.js";
import { problemSchema } from "./problem.js";
import { name, nonNegativeInteger, positiveInteger } from "./quantities.js";

const pair = z
  .union([positiveInteger, z.tuple([positiveInteger, positiveInteger])])
  .describe("one number for both directions, or [height, width]");

const window = {
  name: name.optional(),
  R: positiveInteger.describe("filter height"),
  S: positiveInteger.describe("filter width"),
  P: positiveInteger.describe("output height"),
  Q: positiveInteger.describe("output width"),
  N: positiveInteger.optional().describe("batch; 1 unless given"),
  stride: pair.optional(),
  dilation: pair.optional(),
};

const convShape: z.ZodType<ConvShape> = z.strictObject({
  ...window,
  C: positiveInteger.describe("input channels of one group"),
  K: positiveInteger.describe("output channels of one group"),
  G: positiveInteger.optional().describe("groups; without it there is no dimension G"),
});

const depthwiseShape = z.strictObject({ ...window, channels: positiveInteger });

const matmulShape: z.ZodType<MatmulShape> = z.strictObject({
  name: name.optional(),
  m: positiveInteger.describe("rows of the result"),
  n: positiveInteger.describe("columns of the result"),
  k: positiveInteger.describe("length of the sum"),
  batch: positiveInteger.optional(),
});

/** The ways to write a layer's operator. */
const operators = ["conv", "depthwiseConv", "matmul", "problem"] as const;

const layer = z
  .strictObject({
    count: positiveInteger.optional().describe("how often the layer occurs; 1 unless given"),
    conv: convShape.optional(),
    depthwiseConv: depthwiseShape.optional(),
    matmul: matmulShape.optional(),
    problem: problemSchema.optional().describe("any other operator, in full"),
  })
  .superRefine((layer, context) => {
    const given = operators.filter((operator) => layer[operator] !== undefined);
    if (given.length === 1) return;
    context.addIssue({
      code: "custom",
      path: given.length > 1 ? [given[1]!] : [],
      message: given.length === 0 ? "the layer has no operator" : `the layer has both ${given[0]} and ${given[1]}`,
      params: { fix: `give one of ${operators.join(", ")}` },
      input: layer,
    });
  });

const movement: z.ZodType<DataMovement> = z.strictObject({
  name,
  kind: name.describe("the operator: MaxPool"),
  count: positiveInteger,
  wordsRead: nonNegativeInteger.describe("from DRAM, of one execution"),
  wordsWritten: nonNegativeInteger.describe("to DRAM, of one execution"),
});

type LayerFile = z.infer<typeof layer>;

/** A layer of a network, by shorthand (`conv`, `depthwiseConv`, `matmul`) or in full (`problem`). */
export const layerSchema: z.ZodType<Layer> = layer.transform(layerOf);

/** A network as a list of layers, each by shorthand (`conv`, `depthwiseConv`, `matmul`) or in full (`problem`). */
export const workloadSchema: z.ZodType<Workload> = z
  .strictObject({
    name,
    description: z.string().optional(),
    source: z.string().optional().describe("where the layer list comes from"),
    layers: z.array(layer).min(1),
    dataMovement: z.array(movement).optional().describe("operators without multiply-accumulates: what they move"),
  })
  .transform(({ name, description = "", source = "", layers, dataMovement }) => ({
    name,
    description,
    source,
    layers: layers.map(layerOf),
    ...(dataMovement !== undefined && { dataMovement }),
  }))
  .meta({ title: "loopnest workload", description: "A network: layers and how often each occurs" });

function layerOf(file: LayerFile): Layer {
  return { problem: layerProblem(file), count: file.count ?? 1 };
}

function layerProblem(layer: LayerFile): Problem {
  if (layer.conv !== undefined) return conv(layer.conv);
  if (layer.depthwiseConv !== undefined) return depthwiseConv(layer.depthwiseConv);
  if (layer.matmul !== undefined) return matmul(layer.matmul);
  return layer.problem!;
}
