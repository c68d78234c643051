import type { Rule } from "../../operation/rule.js";
import { words } from "../../values/value.js";
import { globalPool, pool } from "../kinds/pooling.js";
import { slidingWindow } from "../kinds/window.js";

export const MaxPool = pool;
export const AveragePool = pool;
export const LpPool = pool;
export const GlobalAveragePool = globalPool;
export const GlobalMaxPool = globalPool;
export const GlobalLpPool = globalPool;

/** Words put back where they were picked: the input of a pooling without padding, unless the sizes are given. */
export const MaxUnpool: Rule = (operation) => {
  const { shape } = operation.input(0);
  const window = slidingWindow(operation);
  const given = operation.optional(2) === null ? null : operation.shapeIn(2);
  const sizes = shape!.slice(2).map((size, axis) => {
    const places = size === null ? null : (size - 1) * window.strides[axis]! + window.kernel[axis]!;
    return places === null ? null : places - window.before[axis]! - window.after[axis]!;
  });
  return { kind: "movement", outputs: [operation.output(given ?? [...shape!.slice(0, 2), ...sizes])] };
};

/** Columns of windows added up to an image. */
export const Col2Im: Rule = (operation) => {
  const [batch, rows] = operation.input(0).shape!;
  const image = operation.shapeIn(1);
  const block = words(operation.shapeIn(2));
  const channels = rows == null || block === null ? null : rows / block;
  return { kind: "movement", outputs: [operation.output(image === null ? null : [batch!, channels, ...image])] };
};
