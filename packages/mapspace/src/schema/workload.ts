import * as z from "zod";
import { type ConvShape, conv, depthwiseConv } from "../problem/conv.js";
import { type ElementBits, unsaidBits, withBits } from "../problem/element-bits.js";
import { type MatmulShape, matmul } from "../problem/matmul.js";
import type { Problem } from "../problem/problem.js";
import type { DataMovement, Edge, Layer, NetworkPart, UnmodelledOperator, Workload } from "../workload/workload.js";
import { checkWorkloadBits, movementWithBits } from "../workload/workload-bits.js";
import { checkEdges } from "./check-edges.js";
import { problemSchema } from "./problem.js";
import { name, nonNegativeInteger, positiveInteger } from "./quantities.js";
import { faultOf, reportBits } from "./report-bits.js";

const pair = z
  .union([positiveInteger, z.tuple([positiveInteger, positiveInteger])])
  .describe("one number for both directions, or [height, width]");

const layerName = name.exactOptional().describe("how results call the layer; that of its operator unless given");

const stride = pair.exactOptional().meta({
  description: "one number for both directions, or [height, width] [elements]",
  default: 1,
});

const window = {
  name: layerName,
  R: positiveInteger.describe("filter height [elements]"),
  S: positiveInteger.describe("filter width [elements]"),
  P: positiveInteger.describe("output height [elements]"),
  Q: positiveInteger.describe("output width [elements]"),
  N: positiveInteger.exactOptional().meta({ description: "batch", default: 1 }),
  stride,
  dilation: stride,
};

const convShape: z.ZodType<ConvShape> = z.strictObject({
  ...window,
  C: positiveInteger.describe("input channels of one group"),
  K: positiveInteger.describe("output channels of one group"),
  G: positiveInteger.exactOptional().describe("groups; without it there is no dimension G"),
});

const depthwiseShape = z.strictObject({
  ...window,
  channels: positiveInteger.describe("channels, each with a filter of its own"),
});

const matmulShape: z.ZodType<MatmulShape> = z.strictObject({
  name: layerName,
  m: positiveInteger.describe("rows of the result"),
  n: positiveInteger.describe("columns of the result"),
  k: positiveInteger.describe("length of the sum"),
  batch: positiveInteger.exactOptional().describe("products side by side; without it there is no dimension G"),
});

/** The ways to write a layer's operator. */
const operators = ["conv", "depthwiseConv", "matmul", "problem"] as const;

const bits = z.record(name, positiveInteger);

const layer = z
  .strictObject({
    count: positiveInteger.exactOptional().meta({ description: "how often the layer occurs", default: 1 }),
    conv: convShape.exactOptional().describe("a convolution, in groups or not"),
    depthwiseConv: depthwiseShape.exactOptional().describe("a convolution of every channel by itself"),
    matmul: matmulShape.exactOptional().describe("a matrix product, or several"),
    problem: problemSchema.exactOptional().describe("any other operator, in full"),
    bits: bits
      .exactOptional()
      .describe(
        "of an element by tensor, and of partialSums; what the workload or the problem says unless given [bits]",
      ),
  })
  .superRefine((layer, context) => {
    const given = operators.filter((operator) => layer[operator] !== undefined);
    if (given.length === 1) {
      // What is wrong with its sizes is reported where they stand.
      if (layer.bits !== undefined && faultOf(() => layerProblem(layer)) === null) {
        reportBits(context, () => layerOf(layer));
      }
      return;
    }
    context.addIssue({
      code: "custom",
      path: given.length > 1 ? [given[1]!] : [],
      message: given.length === 0 ? "the layer has no operator" : `the layer has both ${given[0]} and ${given[1]}`,
      params: { fix: `give one of ${operators.join(", ")}` },
      input: layer,
    });
  });

const movement: z.ZodType<DataMovement> = z.strictObject({
  name: name.describe("how results call it"),
  kind: name.describe("the operator: MaxPool"),
  count: positiveInteger.describe("how often it occurs"),
  wordsRead: nonNegativeInteger.describe("from DRAM, of one execution [words]"),
  wordsWritten: nonNegativeInteger.describe("to DRAM, of one execution [words]"),
  bits: positiveInteger.exactOptional().describe("of an element; one word of DRAM unless given [bits]"),
});

const unmodelledOperator: z.ZodType<UnmodelledOperator> = z.strictObject({
  operator: name.describe("with its domain: com.microsoft.MoE"),
  count: positiveInteger.describe("how often it runs"),
  countedAs: z.enum(["data movement", "not counted"]).describe("its words only, or nothing of it"),
  reason: z.string().describe("why no more of it is counted"),
});

const networkPart: z.ZodType<NetworkPart> = z.strictObject({
  name: name.describe("the network's own"),
  weight: positiveInteger.describe("how often the network runs"),
  layerCounts: z
    .array(nonNegativeInteger)
    .describe("how often every layer occurs in one run of it, in the order of layers"),
  movementCounts: z.array(nonNegativeInteger).describe("the same of dataMovement"),
});

const edge: z.ZodType<Edge> = z.strictObject({
  from: name.describe("the layer whose outputs they are"),
  to: name.describe("the layer that reads them"),
  tensor: name.describe("as the reader calls it"),
  count: positiveInteger.describe("how often it occurs: so many executions of both layers"),
  ranks: z.array(z.tuple([name, name])).describe("a dimension of the one layer and of the other, for every rank"),
  executions: z
    .array(z.tuple([nonNegativeInteger, nonNegativeInteger]))
    .exactOptional()
    .describe("which execution of the one hands to which of the other, from 0; unless given the first to the first"),
  through: z.array(name).exactOptional().describe("operators on the way"),
  whole: z.array(name).exactOptional().describe("dimensions of the first layer that such an operator reduces"),
  refusal: z.string().exactOptional().describe("why the tensor cannot stay on chip; it can unless given"),
});

type LayerFile = z.infer<typeof layer>;

/** A layer of a network, by shorthand (`conv`, `depthwiseConv`, `matmul`) or in full (`problem`). */
export const layerSchema: z.ZodType<Layer> = layer.transform((file) => layerOf(file));

/** A network as a list of layers, each by shorthand (`conv`, `depthwiseConv`, `matmul`) or in full (`problem`). */
export const workloadSchema: z.ZodType<Workload> = z
  .strictObject({
    name: name.describe("how results call it"),
    description: z.string().exactOptional().describe("what it is, for people"),
    source: z.string().exactOptional().describe("where the layer list comes from"),
    layers: z.array(layer).min(1).describe("each with one of conv, depthwiseConv, matmul, problem"),
    bits: bits
      .exactOptional()
      .describe(
        "of an element by tensor, of partialSums and of dataMovement; one word of every level unless given [bits]",
      ),
    edges: z.array(edge).exactOptional().describe("what layers hand each other"),
    dataMovement: z.array(movement).exactOptional().describe("operators without multiply-accumulates: what they move"),
    unmodelled: z.array(unmodelledOperator).exactOptional().describe("operators that no figure holds, or only in part"),
    networks: z
      .array(networkPart)
      .min(1)
      .exactOptional()
      .describe("the networks that the workload was made of, if several"),
  })
  .superRefine(({ layers, bits, edges = [], dataMovement = [], networks }, context) => {
    // What is wrong with a layer by itself is known already.
    if (layers.some((layer) => isWithoutOperator(layer) || faultOf(() => layerProblem(layer)) !== null)) return;
    const read = layers.map((layer) => ({ problem: layerProblem(layer), count: layer.count ?? 1 }));
    if (bits !== undefined && layers.every((layer) => faultOf(() => layerOf(layer)) === null)) {
      reportBits(context, () => {
        checkWorkloadBits({ layers: read, dataMovement }, bits);
        for (const layer of layers) layerOf(layer, bits);
      });
    }
    checkEdges(edges, read, context);
    if (networks === undefined) return;
    checkSums("layers", "layerCounts", layers, networks, context);
    checkSums("dataMovement", "movementCounts", dataMovement, networks, context);
  })
  .transform(({ name, description = "", source = "", bits, edges, unmodelled, networks, ...file }) => ({
    ...{ name, description, source },
    layers: file.layers.map((layer) => layerOf(layer, bits)),
    ...(edges !== undefined && { edges }),
    ...(file.dataMovement !== undefined && { dataMovement: movementWithBits(file.dataMovement, bits, false) }),
    ...(unmodelled !== undefined && { unmodelled }),
    ...(networks !== undefined && { networks }),
  }))
  .meta({ title: "loopnest workload", description: "A network: layers and how often each occurs" });

/** Every count is the sum of weight x count over the networks. */
function checkSums(
  field: "layers" | "dataMovement",
  countsField: "layerCounts" | "movementCounts",
  entries: readonly { readonly count?: number | undefined }[],
  networks: readonly NetworkPart[],
  context: z.core.$RefinementCtx,
): void {
  const issue = (path: PropertyKey[], message: string, fix: string) =>
    context.addIssue({ code: "custom", path, message, params: { fix }, input: networks });
  const uneven = networks.findIndex((network) => network[countsField].length !== entries.length);
  if (uneven >= 0) {
    const message = `${networks[uneven]![countsField].length} counts of ${entries.length} ${field}`;
    issue(["networks", uneven, countsField], message, "give one of each, 0 where the network lacks it");
    return;
  }
  entries.forEach(({ count = 1 }, i) => {
    const sum = networks.reduce((total, network) => total + network.weight * network[countsField][i]!, 0);
    if (sum === count) return;
    issue([field, i, "count"], `is ${count}, the networks make ${sum} of it`, `give ${sum}, or change the networks`);
  });
}

/** @param bits Of the workload: for tensors of which neither the layer nor its problem says them. */
function layerOf(file: LayerFile, bits: ElementBits = {}): Layer {
  const own = withBits(layerProblem(file), file.bits ?? {});
  return { problem: withBits(own, unsaidBits(own, bits)), count: file.count ?? 1 };
}

function isWithoutOperator(layer: LayerFile): boolean {
  return operators.every((operator) => layer[operator] === undefined);
}

function layerProblem(layer: LayerFile): Problem {
  if (layer.conv !== undefined) return conv(layer.conv);
  if (layer.depthwiseConv !== undefined) return depthwiseConv(layer.depthwiseConv);
  if (layer.matmul !== undefined) return matmul(layer.matmul);
  return layer.problem!;
}
