import type { Rule } from "../../operation/rule.js";
import { times, words } from "../../values/value.js";
import { likeFirst } from "../kinds/element-wise.js";
import { outputSizes } from "../kinds/window.js";

/** Words are rounded to few bits, and stay where they are: scales, zero points and widths come as inputs. */
export const Quant = likeFirst;
export const IntQuant = likeFirst;
export const BipolarQuant = likeFirst;
export const FloatQuant = likeFirst;
export const Trunc = likeFirst;

/** Each word becomes the number of thresholds that it reaches. */
export const MultiThreshold = likeFirst;

/** Windows of an image with channels last become rows: [batch, height, width, window x channels]. */
export const Im2Col: Rule = (operation) => {
  const [batch, ...rest] = operation.input(0).shape!;
  const kernel = operation.ints("kernel_size") ?? operation.fail("has no kernel_size", "export the model again");
  const rank = kernel.length;
  const pads = operation.perAxis("pad_amount", 2 * rank, 0);
  const window = {
    kernel,
    strides: operation.perAxis("stride", rank, 1, 1),
    dilations: operation.perAxis("dilations", rank, 1, 1),
    ...{ before: pads.slice(0, rank), after: pads.slice(rank), autoPad: "NOTSET", ceil: false },
  };
  const columns = times(words(kernel), rest.at(-1) ?? null);
  return {
    kind: "movement",
    outputs: [operation.output([batch!, ...outputSizes(window, rest.slice(0, -1)), columns])],
  };
};

/** A mean over square windows without padding; `data_layout` says where the channels are. */
export const QuantAvgPool2d: Rule = (operation) => {
  const size = operation.int("kernel", 1);
  const stride = operation.int("stride", size);
  const channels = operation.text("data_layout", "NCHW") === "NHWC" ? 3 : 1;
  const sizes = operation.input(0).shape!.map((own, axis) => {
    if (own === null || axis === 0 || axis === channels) return own;
    return Math.max(0, Math.floor((own - size) / stride) + 1);
  });
  return { kind: "movement", outputs: [operation.output(sizes)] };
};
