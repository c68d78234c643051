import type { Rule } from "../../operation/rule.js";
import { likeFirst } from "../kinds/element-wise.js";

/** Operators of ONNX's first versions that were never made final; files with them are still about. */
export const ImageScaler = likeFirst;
export const Affine = likeFirst;
export const ParametricSoftplus = likeFirst;
export const ScaledTanh = likeFirst;
export const Scale = likeFirst;

/** A border is cut off, or a part of given height and width is cut out. */
export const Crop: Rule = (operation) => {
  const [left, top, right, bottom] = operation.ints("border") ?? [0, 0, 0, 0];
  const wanted = operation.ints("scale");
  const shape = operation.input(0).shape!;
  const cut = [top! + bottom!, left! + right!];
  const sizes = shape.map((size, axis) => {
    const spatial = axis - (shape.length - 2);
    if (spatial < 0 || size === null) return size;
    return wanted?.[spatial] ?? size - cut[spatial]!;
  });
  return { kind: "movement", outputs: [operation.output(sizes)] };
};
