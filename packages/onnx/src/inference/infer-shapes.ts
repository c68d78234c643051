import type { Model } from "../model/model.js";
import { layerRules } from "../operators/rules.js";
import type { Value } from "../values/value.js";
import type { GivenSizes } from "./given-sizes.js";
import { GraphRun } from "./graph-run.js";
import { nodeNames } from "./node-names.js";
import type { Step } from "./step.js";

/** A model with the shapes of all its values, from its inputs to its outputs. */
export interface Inferred {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Every node, those inside loops, branches and functions too, in an order in which they can run. */
  readonly steps: readonly Step[];
}

/** Most nodes that functions and branches may unfold into. */
const MOST_NODES = 1_000_000;

/**
 * Infers shapes without running the model: gives every value its shape, and every node what it amounts to.
 *
 * @throws LoopnestError `input` if a size is missing or the model does not fit together; `unsupported` if the shape of
 * a layer cannot be known.
 */
export function inferShapes(model: Model, sizes: GivenSizes): Inferred {
  const run = new GraphRun({
    functions: model.functions,
    opset: model.opset,
    sizes,
    names: nodeNames((operator) => layerRules.has(operator)),
    nodesLeft: MOST_NODES,
  });
  const inputs = sizes.inputs(model.graph.inputs);
  const outputs = run.graph(model.graph, inputs);
  return { inputs, outputs, steps: run.steps };
}
