import type { Operation } from "../../operation/operation.js";
import type { Size } from "../../values/value.js";

/** How a window slides over the spatial axes of an input. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Padding in front of and behind every axis. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly autoPad: string;
  readonly ceil: boolean;
}

/**
 * Reads a window from the attributes.
 *
 * @param kernel Its size; the attribute `kernel_shape` unless given.
 */
export function slidingWindow(operation: Operation, kernel = operation.ints("kernel_shape")): Window {
  if (kernel === null) return operation.fail("has no kernel_shape", "export the model again");
  const rank = kernel.length;
  const pads = operation.perAxis("pads", 2 * rank, 0);
  return {
    kernel,
    strides: operation.perAxis("strides", rank, 1, 1),
    dilations: operation.perAxis("dilations", rank, 1, 1),
    before: pads.slice(0, rank),
    after: pads.slice(rank),
    autoPad: operation.text("auto_pad", "NOTSET"),
    ceil: operation.int("ceil_mode", 0) === 1,
  };
}

/** How often the window fits along each axis: sizes of the output. */
export function outputSizes(window: Window, input: readonly Size[]): Size[] {
  const { kernel, strides, dilations, before, after, autoPad, ceil } = window;
  return input.map((size, axis) => {
    if (size === null) return null;
    const stride = strides[axis]!;
    const span = (kernel[axis]! - 1) * dilations[axis]! + 1;
    if (autoPad.startsWith("SAME")) return Math.ceil(size / stride);
    const padded = autoPad === "VALID" ? size : size + before[axis]! + after[axis]!;
    const places = (padded - span) / stride;
    if (!ceil) return Math.max(0, Math.floor(places) + 1);
    // A window that would begin in the padding behind the input is left out.
    const most = Math.ceil(places) + 1;
    const begins = (most - 1) * stride;
    return Math.max(0, begins >= size + before[axis]! ? most - 1 : most);
  });
}
