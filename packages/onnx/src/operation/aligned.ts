import { newValue, type Value } from "../values/value.js";
import type { Operation } from "./operation.js";

/** Since this version operands are broadcast as in numpy, by their last axes. */
const BROADCAST_SINCE = 7;

/**
 * Operands with axes of size 1 behind them where an old model aligns them otherwise: `axis` says at which axis of the
 * first operand the first one of the second stands, and the slopes of `PRelu` are those of channels.
 */
export function aligned(operation: Operation, inputs: readonly Value[]): readonly Value[] {
  const [first, second, ...rest] = inputs;
  if (operation.surroundings.opset >= BROADCAST_SINCE || !first?.shape || !second?.shape) return inputs;
  const isSlope = operation.node.operator === "PRelu" && second.shape.length === 1;
  const axis = operation.has("axis") ? operation.int("axis", 0) : isSlope ? 1 : null;
  if (axis === null) return inputs;
  const from = axis < 0 ? axis + first.shape.length : axis;
  const behind = Math.max(0, first.shape.length - from - second.shape.length);
  const shape = [...second.shape, ...Array.from({ length: behind }, () => 1)];
  return [first, newValue({ ...second, shape }), ...rest];
}
