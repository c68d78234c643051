import type { Operation } from "../graph/operation.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import { outputSizes, slidingWindow } from "./window.js";

const pool: Rule = (operation) => {
  const [batch, channels, ...sizes] = operation.input(0).shape!;
  const output = operation.output([batch!, channels!, ...outputSizes(slidingWindow(operation), sizes)]);
  const places = operation.outputCount > 1 ? [operation.output(output.shape, { isInteger: true })] : [];
  return { kind: "movement", outputs: [output, ...places] };
};

const globalPool: Rule = (operation) => globally(operation, operation.int("channels_last", 0) === 1);

function globally(operation: Operation, isChannelsLast: boolean): Outcome {
  const { shape } = operation.input(0);
  const channels = isChannelsLast ? shape!.length - 1 : 1;
  const sizes = shape!.map((size, axis) => (axis === 0 || axis === channels ? size : 1));
  return { kind: "movement", outputs: [operation.output(sizes)] };
}

export const poolingRules: ReadonlyMap<string, Rule> = new Map([
  ...["MaxPool", "AveragePool", "LpPool", "com.microsoft.QLinearAveragePool"].map((name): [string, Rule] => [
    name,
    pool,
  ]),
  ...["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "com.microsoft.QLinearGlobalAveragePool"].map(
    (name): [string, Rule] => [name, globalPool],
  ),
]);
