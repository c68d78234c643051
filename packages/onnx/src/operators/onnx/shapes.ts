import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { integersOf, isKnown, words } from "../../values/value.js";

const view = (...outputs: Outcome["outputs"]): Outcome => ({ kind: "view", outputs });

/** The sizes of a value. They are known before the network runs, if they do not depend on the data. */
export const Shape: Rule = (operation) => {
  const { shape, unknown } = operation.input(0);
  const sizes = shape!.slice(operation.int("start", 0), operation.has("end") ? operation.int("end", 0) : undefined);
  return view({ ...integersOf(sizes), isConstant: isKnown(sizes), unknown: isKnown(sizes) ? null : unknown });
};

export const Size: Rule = (operation) => {
  const { shape, unknown } = operation.input(0);
  const count = words(shape);
  return view({ ...integersOf([count], []), isConstant: count !== null, unknown: count === null ? unknown : null });
};
