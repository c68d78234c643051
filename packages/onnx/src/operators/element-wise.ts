import { broadcast, mapped } from "../graph/elements.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import type { Value } from "../graph/value.js";

type Function = (...elements: number[]) => number;

const truth =
  (f: (a: number, b: number) => boolean): Function =>
  (a, b) =>
    Number(f(a!, b!));

/** Functions of one value, worked out where it is a size. */
const UNARY: Readonly<Record<string, Function | null>> = {
  ...Object.fromEntries(
    [
      ...[
        "Relu",
        "LeakyRelu",
        "Elu",
        "Selu",
        "Celu",
        "Sigmoid",
        "HardSigmoid",
        "HardSwish",
        "Tanh",
        "Softplus",
        "Softsign",
      ],
      ...[
        "Erf",
        "Gelu",
        "Mish",
        "Swish",
        "ThresholdedRelu",
        "Sign",
        "Sin",
        "Cos",
        "Tan",
        "Asin",
        "Acos",
        "Atan",
        "Sinh",
        "Cosh",
      ],
      ...["Asinh", "Acosh", "Atanh", "IsNaN", "IsInf", "Shrink", "BitwiseNot", "Trilu", "Bernoulli"],
      ...["com.microsoft.Gelu", "com.microsoft.QuickGelu", "com.microsoft.Trilu"],
    ].map((name) => [name, null]),
  ),
  Exp: Math.exp,
  Log: Math.log,
  Sqrt: Math.sqrt,
  Reciprocal: (a) => 1 / a!,
  Neg: (a) => -a!,
  Abs: Math.abs,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Round: Math.round,
  Not: (a) => Number(a === 0),
};

/** Functions of several values that are broadcast. */
const BROADCAST: Readonly<Record<string, Function | null>> = {
  Add: (a, b) => a! + b!,
  Sub: (a, b) => a! - b!,
  Mul: (a, b) => a! * b!,
  Pow: (a, b) => a! ** b!,
  Mod: (a, b) => a! - b! * Math.floor(a! / b!),
  Min: Math.min,
  Max: Math.max,
  Sum: (...all) => all.reduce((sum, own) => sum + own, 0),
  Mean: (...all) => all.reduce((sum, own) => sum + own, 0) / all.length,
  Where: (condition, yes, no) => (condition !== 0 ? yes! : no!),
  Equal: truth((a, b) => a === b),
  Greater: truth((a, b) => a > b),
  GreaterOrEqual: truth((a, b) => a >= b),
  Less: truth((a, b) => a < b),
  LessOrEqual: truth((a, b) => a <= b),
  And: truth((a, b) => a !== 0 && b !== 0),
  Or: truth((a, b) => a !== 0 || b !== 0),
  Xor: truth((a, b) => (a !== 0) !== (b !== 0)),
  ...Object.fromEntries(
    [
      "PRelu",
      "BitShift",
      "BitwiseAnd",
      "BitwiseOr",
      "BitwiseXor",
      "com.microsoft.BiasGelu",
      "com.microsoft.FastGelu",
      "com.microsoft.BiasAdd",
    ].map((name) => [name, null]),
  ),
};

const TRUTHS = [
  "Equal",
  "Greater",
  "GreaterOrEqual",
  "Less",
  "LessOrEqual",
  "And",
  "Or",
  "Xor",
  "Not",
  "IsNaN",
  "IsInf",
];

/** Quotients of whole numbers are cut off. */
function quotient(inputs: readonly Value[]): Function {
  const whole = inputs.every(({ isInteger }) => isInteger);
  return (a, b) => (whole ? Math.trunc(a! / b!) : a! / b!);
}

function elementWise(f: Function | null | ((inputs: readonly Value[]) => Function), isTruth: boolean): Rule {
  return (operation): Outcome => {
    const inputs = operation.inputs.filter((input) => input !== null);
    const shape = broadcast(
      operation,
      inputs.map((input) => input.shape),
    );
    const own = f === quotient ? quotient(inputs) : (f as Function | null);
    const isInteger =
      isTruth || inputs.slice(operation.node.operator === "Where" ? 1 : 0).every((input) => input.isInteger);
    const data = own === null ? null : mapped(inputs, shape, own);
    return { kind: "element-wise", outputs: [operation.output(shape, { isInteger, data })] };
  };
}

/** Same shape as the first input, whatever the others say: bounds, scales, zero points, statistics. */
const likeFirst: Rule = (operation) => {
  const { shape } = operation.input(0);
  return { kind: "element-wise", outputs: operation.node.outputs.map(() => operation.output(shape)) };
};

const clip: Rule = (operation) => {
  const { shape, isInteger, data } = operation.input(0);
  const [low, high] = [1, 2].map((i) => operation.optional(i)?.data?.[0]);
  const least = low ?? Number.NEGATIVE_INFINITY;
  const most = high ?? Number.POSITIVE_INFINITY;
  const clipped = data?.map((element) => (element === null ? null : Math.min(Math.max(element, least), most))) ?? null;
  return { kind: "element-wise", outputs: [operation.output(shape, { isInteger, data: clipped })] };
};

/** Element types of ONNX that are no whole numbers: float, half, double, complex, bfloat16 and the narrow ones. */
const FLOATING = [1, 10, 11, 14, 15, 16, 17, 18, 19, 20, 23];

const cast: Rule = (operation) => {
  const { shape, data, isInteger: was } = operation.input(0);
  const isInteger = operation.has("to")
    ? !FLOATING.includes(operation.int("to", 1))
    : (operation.optional(1)?.isInteger ?? was);
  const isTruth = operation.int("to", 0) === 9;
  const cut = (element: number) => (isTruth ? Number(element !== 0) : isInteger ? Math.trunc(element) : element);
  const elements = data?.map((element) => (element === null ? null : cut(element))) ?? null;
  return { kind: "element-wise", outputs: [operation.output(shape, { isInteger, data: elements })] };
};

/** `com.microsoft.QLinearAdd` and the like: each operand has its scale and zero point behind it. */
const quantizedPair: Rule = (operation) => {
  const shape = broadcast(operation, [operation.input(0).shape, operation.input(3).shape]);
  return { kind: "element-wise", outputs: [operation.output(shape, { isInteger: true })] };
};

export const elementWiseRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...Object.entries({ ...UNARY, ...BROADCAST }).map(([name, f]): [string, Rule] => [
    name,
    elementWise(f, TRUTHS.includes(name)),
  ]),
  ["Div", elementWise(quotient, false)],
  ["Clip", clip],
  ["Cast", cast],
  ["CastLike", cast],
  ["BatchNormalization", likeFirst],
  ["QuantizeLinear", likeFirst],
  ["DequantizeLinear", likeFirst],
  ["com.microsoft.QuantizeLinear", likeFirst],
  ["com.microsoft.DequantizeLinear", likeFirst],
  ["com.microsoft.QLinearSigmoid", likeFirst],
  ["com.microsoft.QLinearLeakyRelu", likeFirst],
  ["com.microsoft.QLinearSoftmax", likeFirst],
  ["com.microsoft.QLinearAdd", quantizedPair],
  ["com.microsoft.QLinearMul", quantizedPair],
]);
