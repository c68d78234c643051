import type { DeclaredSize } from "../model/model.js";
import { MOST_VALUES } from "../model/read-tensor.js";
import type { Operation } from "../operation/operation.js";
import { isKnown, newValue, type Shape, type Size, type Unknown, type Value, words } from "../values/value.js";

/**
 * An output of a node, with all that can be said of it: sizes that do not follow from its inputs are those that the
 * file declares, or that the caller gives for its axes; if some are open still, why, and what would help.
 *
 * @param declared The shape that the file declares for it.
 * @throws LoopnestError `input` for a size that nothing can have.
 */
export function completed(
  operation: Operation,
  value: Value,
  index: number,
  declared: readonly DeclaredSize[] | null,
): Value {
  if (value.items !== null) return value;
  const shape = operation.decided(index, filled(value.shape, declared, operation));
  checkSizes(operation, shape);
  const unknown = isKnown(shape)
    ? ofElements(operation, value, shape)
    : (value.unknown ?? reason(operation, index, shape));
  const { data, isInteger, bits, isConstant, storage } = value;
  if (shape === value.shape && unknown === value.unknown) return value;
  return newValue({ shape, data, isInteger, bits, isConstant, unknown, ...(storage !== value && { storage }) });
}

/** Declared sizes stand in for those that are not known. */
function filled(shape: Shape | null, declared: readonly DeclaredSize[] | null, operation: Operation): Shape | null {
  if (isKnown(shape) || declared === null || (shape !== null && shape.length !== declared.length)) return shape;
  return declared.map((size, axis): Size => {
    return shape?.[axis] ?? (typeof size === "string" ? operation.surroundings.size(size) : size);
  });
}

function checkSizes(operation: Operation, shape: Shape | null): void {
  const wrong = shape?.find((size) => size !== null && !(Number.isSafeInteger(size) && size >= 0));
  if (wrong !== undefined) operation.fail(`an output of size ${wrong}`, "check the sizes given for the inputs");
  const count = words(shape);
  if (count === null || Number.isSafeInteger(count)) return;
  operation.fail(`an output of ${shape!.join(" x ")} words, more than can be counted`, "give smaller sizes");
}

/** Why the elements of a value that may be a shape are not known, if an input tells. */
function ofElements(
  operation: Operation,
  { data, isInteger, unknown }: Value,
  shape: readonly number[],
): Unknown | null {
  if (unknown !== null) return unknown;
  if (!isInteger || words(shape)! > MOST_VALUES || (data !== null && !data.includes(null))) return null;
  return operation.inputs.find((input) => input?.unknown)?.unknown ?? null;
}

/**
 * Why sizes of an output are open, and how to give them: because of an input's size, of an input's elements, or of the
 * data.
 */
function reason(operation: Operation, index: number, shape: Shape | null): Unknown {
  const unsized = operation.inputs.find((input) => input?.unknown && !isKnown(input.shape));
  if (unsized) return unsized.unknown!;
  const { operator, outputs } = operation.node;
  const name = outputs[index]!;
  const open = shape?.flatMap((size, axis) => (size === null ? [`${name}[${axis}]`] : [])) ?? [`${name}[0]`];
  const fix =
    `give it by its axis: dims {${open.map((axis) => `"${axis}": 100`).join(", ")}}, or ` +
    `${open.map((axis) => `--dim '${axis}=100'`).join(" ")} on the command ` +
    `line${shape === null ? ", and so on for every axis" : ""}`;
  const unread = operation.inputs.find((input) => input?.unknown);
  if (unread) return { ...unread.unknown!, fix: `${unread.unknown!.fix}; or ${fix}` };
  return { problem: `the size of ${name} (${operator} ${operation.name}) depends on the data`, fix };
}
