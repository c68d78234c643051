import type { Rule } from "../../operation/rule.js";

/** Statistics are gathered and applied: counted as one read of the input and one write of the output. */
export const normalised: Rule = (operation) => {
  const { shape } = operation.input(0);
  return { kind: "movement", outputs: [operation.output(shape)] };
};

/** The mean and the inverse deviation, if they are taken, have a single element along each axis that is normalised. */
export const layerNormalised: Rule = (operation) => {
  const { shape } = operation.input(0);
  const first = operation.axis(operation.int("axis", -1), shape!.length);
  const statistics = shape!.map((size, axis) => (axis < first ? size : 1));
  const outputs = operation.node.outputs.map((_, i) => operation.output(i === 0 ? shape : statistics));
  return { kind: "movement", outputs };
};
