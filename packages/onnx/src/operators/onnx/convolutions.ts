import type { Rule } from "../../operation/rule.js";
import { words } from "../../values/value.js";
import { convolution } from "../kinds/convolution.js";
import { transposed } from "../kinds/transposed-convolution.js";

export const Conv = convolution();
export const ConvInteger = convolution({ isInteger: true });
export const QLinearConv = convolution({ weightsAt: 3, isInteger: true });
export const ConvTranspose = transposed;

/**
 * A convolution whose taps are read where offsets say, between words: each input is a mean of four. Its products are
 * those of an ordinary convolution; the samples come on top, once for all filters of a group of offsets.
 */
export const DeformConv: Rule = (operation) => {
  const outcome = Conv(operation);
  const [batch, channels] = operation.knownShape(0) as [number, number];
  const [, , ...kernel] = operation.knownShape(1);
  const [, , ...output] = outcome.outputs[0]!.shape as number[];
  const samples = [...kernel, ...output].reduce((product, size) => product * size, batch * channels);
  const given = [2, 4].map((i) => words(operation.optional(i)?.shape ?? [0]) ?? 0);
  const wordsRead = 4 * samples + given[0]! + given[1]!;
  return { ...outcome, traffic: [{ kind: "DeformConv samples", wordsRead, wordsWritten: samples, count: 1 }] };
};
