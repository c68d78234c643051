import type { Operation } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import { rearranged } from "../../values/elements.js";
import type { Shape, Size } from "../../values/value.js";
import { selected } from "../kinds/selected.js";

/** Where a slice begins and how much it takes of one axis. */
interface Cut {
  readonly start: number;
  readonly step: number;
  readonly size: Size;
}

export const Slice: Rule = (operation) => {
  const input = operation.input(0);
  const shape = input.shape!;
  const starts = operation.integers(1, "starts");
  const ends = operation.integers(2, "ends");
  const axes = operation.integers(3, "axes") ?? starts?.map((_, i) => i) ?? null;
  const steps = operation.integers(4, "steps");
  if (axes === null || axes.includes(null) || starts === null || ends === null) {
    return selected([operation.output(axes === null ? shape.map(() => null) : without(operation, axes))]);
  }
  const cuts: (Cut | null)[] = shape.map(() => null);
  axes.forEach((given, i) => {
    const axis = operation.axis(given!, shape.length);
    cuts[axis] = cut(shape[axis]!, starts[i] ?? null, ends[i] ?? null, steps?.[i] ?? 1);
  });
  const sizes = shape.map((size, axis) => cuts[axis]?.size ?? (cuts[axis] === null ? size : null));
  const data = rearranged(input, sizes, (index) =>
    index.map((position, axis) => (cuts[axis]?.start ?? 0) + position * (cuts[axis]?.step ?? 1)),
  );
  return selected([operation.output(sizes, { data, isInteger: input.isInteger })]);
};

/** The shape with the sizes along some axes not known. */
function without(operation: Operation, axes: readonly Size[]): Shape {
  const { shape } = operation.input(0);
  const open = axes.map((axis) => (axis === null ? -1 : operation.axis(axis, shape!.length)));
  return shape!.map((size, axis) => (open.includes(axis) || open.includes(-1) ? null : size));
}

/**
 * Negative positions count from the end; those outside are moved to it, the end of a cut backwards to the place before
 * the first.
 */
function cut(size: Size, start: Size, end: Size, step: number): Cut {
  if (size === null || start === null || end === null) {
    // The whole axis, whatever its size is.
    const isWhole = start === 0 && step === 1 && end !== null && end > 2 ** 30;
    return { start: 0, step, size: isWhole ? size : null };
  }
  const high = step > 0 ? size : size - 1;
  const clamp = (position: number, low: number) =>
    Math.min(Math.max(position < 0 ? position + size : position, low), high);
  const from = clamp(start, 0);
  return { start: from, step, size: Math.max(0, Math.ceil((clamp(end, step > 0 ? 0 : -1) - from) / step)) };
}
