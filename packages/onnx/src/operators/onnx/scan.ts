import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { newValue, type Shape, type Size, type Value } from "../../values/value.js";
import { stacked } from "../kinds/stacked.js";

/**
 * One run of the body for each element along an axis of the inputs that are scanned; what the runs make is stacked
 * along another.
 */
export const Scan: Rule = (operation) => (operation.surroundings.opset < 9 ? batchedScan(operation) : scan(operation));

function scan(operation: Operation): Outcome {
  const { inputs } = operation;
  const states = statesOf(operation, inputs);
  const axes = operation.ints("scan_input_axes") ?? [];
  const outputAxes = operation.ints("scan_output_axes") ?? [];
  const scanned = inputs.slice(states).map((input, i) => along(operation, input, axes[i] ?? 0));
  const trips = tripsOf(scanned);
  const elements = scanned.map((each) => each?.element ?? null);
  return ran(operation, [...inputs.slice(0, states), ...elements], trips, 1, (value, i) => {
    return i < states ? value : stacked(value, trips, outputAxes[i - states] ?? 0);
  });
}

/**
 * Scan of opset 8: lengths of the sequences first; states and scanned inputs have the batch in front, and each of it
 * runs by itself.
 */
function batchedScan(operation: Operation): Outcome {
  const inputs = operation.inputs.slice(1);
  const states = statesOf(operation, inputs);
  const batch = inputs[0]?.shape?.[0] ?? null;
  const ofOne = inputs.map((input) => along(operation, input, 0)?.element ?? null);
  const scanned = ofOne.slice(states).map((input) => along(operation, input, 0));
  const trips = tripsOf(scanned);
  const elements = scanned.map((each) => each?.element ?? null);
  return ran(operation, [...ofOne.slice(0, states), ...elements], trips, batch, (value, i) => {
    return stacked(i < states ? value : stacked(value, trips, 0), batch, 0);
  });
}

function statesOf(operation: Operation, inputs: readonly unknown[]): number {
  const states = inputs.length - operation.int("num_scan_inputs", 1);
  return states >= 0 ? states : operation.fail("it scans more inputs than it has", "export the model again");
}

/** The size of an axis of a value, and the value at one place along it. */
function along(operation: Operation, value: Value | null, axis: number): { size: Size; element: Value } | null {
  if (value === null) return null;
  const { shape, isInteger, unknown } = value;
  if (shape === null) return { size: null, element: newValue({ shape, isInteger, unknown }) };
  const at = operation.axis(axis, shape.length);
  const rest: Shape = shape.filter((_, k) => k !== at);
  return { size: shape[at]!, element: newValue({ shape: rest, isInteger, unknown }) };
}

function tripsOf(scanned: readonly ({ readonly size: Size } | null)[]): Size {
  return scanned.map((each) => each?.size ?? null).find((size) => size !== null) ?? null;
}

function ran(
  operation: Operation,
  inputs: readonly (Value | null)[],
  trips: Size,
  batch: Size,
  result: (value: Value, i: number) => Value,
): Outcome {
  const run = operation.surroundings.runGraph(operation.graph("body"), inputs);
  run.keep((trips ?? 1) * (batch ?? 1));
  const reason = { reason: "the data decides how often it runs: counted once" };
  return { kind: "inner", outputs: run.outputs.map(result), ...(trips === null && reason) };
}
