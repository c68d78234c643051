import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { outputSizes, slidingWindow } from "./window.js";

/** A window slides over every axis but the batch and the channels, which are the second axis or the last one. */
export const pool: Rule = (operation) => pooled(operation, operation.int("channels_last", 0) === 1);
export const poolChannelsLast: Rule = (operation) => pooled(operation, true);

function pooled(operation: Operation, isChannelsLast: boolean): Outcome {
  const [batch, ...rest] = operation.input(0).shape!;
  const channels = isChannelsLast ? rest.pop() : rest.shift();
  const sizes = rest;
  const window = slidingWindow(operation);
  if (batch === undefined || channels === undefined || window.kernel.length !== sizes.length) {
    return operation.fail(
      `a window of ${window.kernel.length} axes for an input with ${sizes.length}`,
      "export the model again",
    );
  }
  const places = outputSizes(window, sizes);
  if (places.some((size, axis) => size === 0 && sizes[axis] !== 0)) {
    const [input, kernel] = [sizes, window.kernel].map((list) => list.join(" x "));
    operation.fail(`an input of ${input} is smaller than the window of ${kernel}`, "give larger sizes for the inputs");
  }
  const output = operation.output(isChannelsLast ? [batch, ...places, channels] : [batch, channels, ...places]);
  const indices = operation.outputCount > 1 ? [operation.output(output.shape, { isInteger: true })] : [];
  return { kind: "movement", outputs: [output, ...indices] };
}

/** One word is left of each channel. */
export const globalPool: Rule = (operation) => globally(operation, operation.int("channels_last", 0) === 1);
export const globalPoolChannelsLast: Rule = (operation) => globally(operation, true);

function globally(operation: Operation, isChannelsLast: boolean): Outcome {
  const { shape } = operation.input(0);
  const channels = isChannelsLast ? shape!.length - 1 : 1;
  const sizes = shape!.map((size, axis) => (axis === 0 || axis === channels ? size : 1));
  return { kind: "movement", outputs: [operation.output(sizes)] };
}
