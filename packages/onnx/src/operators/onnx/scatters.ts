import type { Operation } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import { indices } from "../../values/elements.js";
import type { Size } from "../../values/value.js";

/** A copy of input 0 with other words in some places. */
export const ScatterElements: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  return { kind: "movement", outputs: [operation.output(shape, { isInteger, data: scattered(operation) })] };
};

/** Sizes are put together by scattering, too (`ScatterND` along the first axis). */
function scattered(operation: Operation): readonly Size[] | null {
  const { data, shape } = operation.input(0);
  const picks = operation.input(1);
  const updates = operation.input(2).data;
  const isList = shape!.length === 1 && picks.shape!.length === 2 && picks.shape![1] === 1;
  if (operation.node.operator !== "ScatterND" || !isList || data === null || picks.data === null || updates === null)
    return null;
  const result = [...data];
  for (const [i] of indices([picks.data.length])) {
    const place = picks.data[i!];
    if (place == null) return null;
    result[place < 0 ? place + result.length : place] = updates[i!]!;
  }
  return result;
}

export const ScatterND = ScatterElements;
export const Scatter = ScatterElements;
