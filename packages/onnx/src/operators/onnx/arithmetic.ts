import type { Rule } from "../../operation/rule.js";
import { elementWise } from "../kinds/element-wise.js";

/** Functions of sizes are worked out: shapes are computed inside graphs. */
export const Exp = elementWise({ f: Math.exp });
export const Log = elementWise({ f: Math.log });
export const Sqrt = elementWise({ f: Math.sqrt });
export const Reciprocal = elementWise({ f: (a) => 1 / a! });
export const Neg = elementWise({ f: (a) => -a! });
export const Abs = elementWise({ f: Math.abs });
export const Floor = elementWise({ f: Math.floor });
export const Ceil = elementWise({ f: Math.ceil });
export const Round = elementWise({ f: Math.round });
export const Add = elementWise({ f: (a, b) => a! + b! });
export const Sub = elementWise({ f: (a, b) => a! - b! });
export const Mul = elementWise({ f: (a, b) => a! * b! });
export const Pow = elementWise({ f: (a, b) => a! ** b! });
export const Mod = elementWise({ f: (a, b) => a! - b! * Math.floor(a! / b!) });
export const Min = elementWise({ f: Math.min });
export const Max = elementWise({ f: Math.max });
export const Sum = elementWise({ f: sum });
export const Mean = elementWise({ f: (...all) => sum(...all) / all.length });

/** Quotients of whole numbers are cut off. */
export const Div: Rule = (operation) => {
  const isWhole = operation.inputs.every((input) => input === null || input.isInteger);
  return elementWise({ f: (a, b) => (isWhole ? Math.trunc(a! / b!) : a! / b!) })(operation);
};

export const Sin = elementWise();
export const Cos = elementWise();
export const Tan = elementWise();
export const Asin = elementWise();
export const Acos = elementWise();
export const Atan = elementWise();
export const Sinh = elementWise();
export const Cosh = elementWise();
export const Asinh = elementWise();
export const Acosh = elementWise();
export const Atanh = elementWise();
export const Sign = elementWise();

function sum(...all: number[]): number {
  return all.reduce((total, own) => total + own, 0);
}
