import { LoopnestError } from "@loopnest/mapspace";
import type { Operation } from "../operation/operation.js";
import type { Outcome } from "../operation/outcome.js";
import type { Rule } from "../operation/rule.js";
import { layerRules, rules, sequenceRules } from "../operators/rules.js";

/**
 * What a node amounts to by the rule of its operator.
 *
 * @throws LoopnestError `input` if the model is wrong here, `unsupported` if a layer's shapes are not known.
 */
export function applyRule(operation: Operation): Outcome {
  const { node, inputs } = operation;
  const layers = layerRules.get(node.operator);
  const rule = layers ?? sequenceRules.get(node.operator) ?? rules.get(node.operator);
  if (rule === undefined) return unknownOperator(operation);
  if (node.outputs.every((name) => name === "")) operation.fail("it has no output", "export the model again");
  if (layers !== undefined) return beforeTheRun(operation, located(operation, layers));
  if (sequenceRules.has(node.operator)) return located(operation, rule);
  if (inputs.some((input) => input?.items)) {
    operation.fail("a sequence where a tensor belongs", "export the model again");
  }
  const unknown = inputs.find((input) => input?.shape === null)?.unknown;
  return unknown ? operation.unsized(unknown) : located(operation, rule);
}

function unknownOperator(operation: Operation): Outcome {
  const { node, name } = operation;
  const [output = "output"] = node.outputs;
  return operation.unsized(
    {
      problem: `loopnest does not know the operator ${node.operator}`,
      node: name,
      fix:
        "infer the model's shapes before (onnx.shape_inference), and import again, or give its shape: " +
        `--dim '${output}[0]=1' and so on for every axis`,
    },
    "unknown",
  );
}

/** What a rule makes; a bound that no problem can have is the fault of the operator that gave it. */
function located(operation: Operation, rule: Rule): Outcome {
  try {
    return rule(operation);
  } catch (error) {
    if (!(error instanceof LoopnestError) || !/^(conv|matmul|depthwiseConv)\./.test(error.data.path ?? "")) throw error;
    return operation.fail(error.data.problem, "check the sizes given for the inputs; the model may be damaged");
  }
}

/** A product of constants is worked out once, before the network runs. */
function beforeTheRun(operation: Operation, outcome: Outcome): Outcome {
  const isConstant = operation.inputs.every((input) => input === null || input.isConstant);
  return isConstant && outcome.kind === "layers" ? { kind: "movement", outputs: outcome.outputs } : outcome;
}
