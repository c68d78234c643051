import type { Operation } from "../graph/operation.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import { words } from "../graph/value.js";
import { shapeIn } from "./constants.js";
import { outputSizes, slidingWindow } from "./window.js";

const pool: Rule = (operation) => {
  const [batch, channels, ...sizes] = operation.input(0).shape!;
  const window = slidingWindow(operation);
  const places = outputSizes(window, sizes);
  if (places.some((size, axis) => size === 0 && sizes[axis] !== 0)) {
    const [input, kernel] = [sizes, window.kernel].map((list) => list.join(" x "));
    operation.fail(`an input of ${input} is smaller than the window of ${kernel}`, "give larger sizes for the inputs");
  }
  const output = operation.output([batch!, channels!, ...places]);
  const indices = operation.outputCount > 1 ? [operation.output(output.shape, { isInteger: true })] : [];
  return { kind: "movement", outputs: [output, ...indices] };
};

/** Words put back where they were picked: the input of a pooling without padding, unless the sizes are given. */
const unpool: Rule = (operation) => {
  const { shape } = operation.input(0);
  const window = slidingWindow(operation);
  const given = operation.optional(2) === null ? null : shapeIn(operation, 2);
  const sizes = shape!.slice(2).map((size, axis) => {
    const places = size === null ? null : (size - 1) * window.strides[axis]! + window.kernel[axis]!;
    return places === null ? null : places - window.before[axis]! - window.after[axis]!;
  });
  return { kind: "movement", outputs: [operation.output(given ?? [...shape!.slice(0, 2), ...sizes])] };
};

/** Columns of windows added up to an image. */
const columnsToImage: Rule = (operation) => {
  const [batch, rows] = operation.input(0).shape!;
  const image = shapeIn(operation, 1);
  const block = words(shapeIn(operation, 2));
  const channels = rows == null || block === null ? null : rows / block;
  return { kind: "movement", outputs: [operation.output(image === null ? null : [batch!, channels, ...image])] };
};

const globalPool: Rule = (operation) => globally(operation, operation.int("channels_last", 0) === 1);

function globally(operation: Operation, isChannelsLast: boolean): Outcome {
  const { shape } = operation.input(0);
  const channels = isChannelsLast ? shape!.length - 1 : 1;
  const sizes = shape!.map((size, axis) => (axis === 0 || axis === channels ? size : 1));
  return { kind: "movement", outputs: [operation.output(sizes)] };
}

export const poolingRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["MaxUnpool", unpool],
  ["Col2Im", columnsToImage],
  ...["MaxPool", "AveragePool", "LpPool", "com.microsoft.QLinearAveragePool"].map((name): [string, Rule] => [
    name,
    pool,
  ]),
  ...["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "com.microsoft.QLinearGlobalAveragePool"].map(
    (name): [string, Rule] => [name, globalPool],
  ),
]);
