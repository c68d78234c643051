import type { Rule } from "../../operation/rule.js";
import { likeFirst } from "../kinds/element-wise.js";

export const Clip: Rule = (operation) => {
  const { shape, isInteger, data } = operation.input(0);
  const [low, high] = [1, 2].map((i) => operation.optional(i)?.data?.[0]);
  const least = low ?? Number.NEGATIVE_INFINITY;
  const most = high ?? Number.POSITIVE_INFINITY;
  const clipped = data?.map((element) => (element === null ? null : Math.min(Math.max(element, least), most))) ?? null;
  return { kind: "element-wise", outputs: [operation.output(shape, { isInteger, data: clipped })] };
};

/** Element types of ONNX that are no whole numbers: float, half, double, complex, bfloat16 and the narrow ones. */
const FLOATING = [1, 10, 11, 14, 15, 16, 17, 18, 19, 20, 23];

export const Cast: Rule = (operation) => {
  const { shape, data, isInteger: was } = operation.input(0);
  const isInteger = operation.has("to")
    ? !FLOATING.includes(operation.int("to", 1))
    : (operation.optional(1)?.isInteger ?? was);
  const isTruth = operation.int("to", 0) === 9;
  const cut = (element: number) => (isTruth ? Number(element !== 0) : isInteger ? Math.trunc(element) : element);
  const elements = data?.map((element) => (element === null ? null : cut(element))) ?? null;
  return { kind: "element-wise", outputs: [operation.output(shape, { isInteger, data: elements })] };
};

export const CastLike = Cast;
export const QuantizeLinear = likeFirst;
export const DequantizeLinear = likeFirst;
