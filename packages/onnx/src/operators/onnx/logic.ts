import type { Rule } from "../../operation/rule.js";
import { type ElementFunction, elementWise } from "../kinds/element-wise.js";

function truth(f: (a: number, b: number) => boolean): Rule {
  const asNumber: ElementFunction = (a, b) => Number(f(a!, b!));
  return elementWise({ f: asNumber, isTruth: true });
}

export const Equal = truth((a, b) => a === b);
export const Greater = truth((a, b) => a > b);
export const GreaterOrEqual = truth((a, b) => a >= b);
export const Less = truth((a, b) => a < b);
export const LessOrEqual = truth((a, b) => a <= b);
export const And = truth((a, b) => a !== 0 && b !== 0);
export const Or = truth((a, b) => a !== 0 || b !== 0);
export const Xor = truth((a, b) => (a !== 0) !== (b !== 0));
export const Not = truth((a) => a === 0);
export const IsNaN = elementWise({ isTruth: true });
export const IsInf = elementWise({ isTruth: true });
export const BitShift = elementWise();
export const BitwiseAnd = elementWise();
export const BitwiseOr = elementWise();
export const BitwiseXor = elementWise();
export const BitwiseNot = elementWise();

/** The condition's type is not that of the result. */
export const Where: Rule = (operation) => {
  const isInteger = operation.inputs.slice(1).every((input) => input === null || input.isInteger);
  const outcome = elementWise({ f: (condition, yes, no) => (condition !== 0 ? yes! : no!) })(operation);
  return { ...outcome, outputs: outcome.outputs.map((output) => ({ ...output, isInteger })) };
};
