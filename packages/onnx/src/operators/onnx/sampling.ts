import type { Rule } from "../../operation/rule.js";
import { plus, times, words } from "../../values/value.js";

/** Bilinear samples at given places: four words are read for each. */
export const GridSample: Rule = (operation) => {
  const [n, c] = operation.input(0).shape!;
  const { shape: grid } = operation.input(1);
  const output = operation.output([n!, c!, ...grid!.slice(1, -1)]);
  const samples = times(words(output.shape), 4);
  return { kind: "movement", outputs: [output], wordsRead: plus(samples, words(grid)) };
};

/**
 * Averages over regions: of each output word `sampling_ratio`^2 samples of four words are read (one sample if it
 * adapts).
 */
export const RoiAlign: Rule = (operation) => {
  const [, channels] = operation.input(0).shape!;
  const [regions] = operation.input(1).shape!;
  const sizes = [operation.int("output_height", 1), operation.int("output_width", 1)];
  const output = operation.output([regions!, channels!, ...sizes]);
  const samples = 4 * Math.max(1, operation.int("sampling_ratio", 0)) ** 2;
  return { kind: "movement", outputs: [output], wordsRead: times(words(output.shape), samples) };
};

/** The largest word of each part of a region. */
export const MaxRoiPool: Rule = (operation) => {
  const [, channels] = operation.input(0).shape!;
  const [regions] = operation.input(1).shape!;
  const sizes = operation.ints("pooled_shape") ?? operation.fail("has no pooled_shape", "export the model again");
  return { kind: "movement", outputs: [operation.output([regions!, channels!, ...sizes])] };
};
