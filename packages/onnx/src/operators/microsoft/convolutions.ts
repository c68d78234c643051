import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { type ConvolutionForm, convolution, convolved } from "../kinds/convolution.js";

/** A convolution with the activation, and perhaps an addition, behind it. */
export const FusedConv = convolution();

/** With `channels_last`, input and output have their channels last. */
export const QLinearConv: Rule = (operation) => {
  const isChannelsLast = operation.int("channels_last", 0) === 1;
  return convolution({ weightsAt: 3, isInteger: true, isChannelsLast })(operation);
};

/** Channels are last in input and output; in the filters too, or not, depending on the version that wrote the file. */
export const NhwcConv: Rule = (operation) => channelsLast(operation, {});
export const NhwcFusedConv = NhwcConv;

function channelsLast(operation: Operation, form: ConvolutionForm): Outcome {
  const channels = operation.knownShape(0).at(-1)!;
  const [outputs, ...rest] = operation.knownShape(1) as [number, ...number[]];
  const groups = operation.int("group", 1);
  const kernel = operation.ints("kernel_shape")?.join();
  const fits = (own: number, axes: readonly number[]) =>
    own * groups === channels && (kernel === undefined || kernel === axes.join());
  const [front, back] = [rest.slice(1), rest.slice(0, -1)];
  const isSameRank = rest.length + 1 === operation.knownShape(0).length;
  const layout = { ...form, isChannelsLast: true };
  if (isSameRank && fits(rest.at(-1) ?? 0, back)) {
    return convolved(operation, [outputs, rest.at(-1)!, ...back], layout);
  }
  if (isSameRank && fits(rest[0] ?? 0, front)) return convolved(operation, [outputs, rest[0]!, ...front], layout);
  const shapes = [0, 1].map((i) => `[${operation.knownShape(i).join(", ")}]`);
  const problem = `${operation.node.operator} of ${shapes.join(" by ")} is no convolution that loopnest can read`;
  return operation.unsized({ problem, fix: "export the model with Conv", node: operation.name }, "unknown");
}
