import { aligned } from "../../operation/aligned.js";
import { broadcast } from "../../operation/broadcast.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { mapped } from "../../values/elements.js";

/** What an operator makes of the elements at one place of its inputs. */
export type ElementFunction = (...elements: number[]) => number;

/** How an element-wise operator is worked out. */
export interface ElementWise {
  /** Worked out where elements are known, as sizes are; null for functions that no size goes through. */
  readonly f?: ElementFunction | null;
  /** Whether the result is true or false. */
  readonly isTruth?: boolean;
}

/** An operator on the elements at one place of all its inputs, which are broadcast. */
export function elementWise({ f = null, isTruth = false }: ElementWise = {}): Rule {
  return (operation): Outcome => {
    const given = operation.inputs.filter((input) => input !== null);
    const inputs = aligned(operation, given);
    const shape = broadcast(
      operation,
      inputs.map((input) => input.shape),
    );
    const isInteger = isTruth || inputs.every((input) => input.isInteger);
    const data = f === null ? null : mapped(inputs, shape, f);
    return { kind: "element-wise", outputs: [operation.output(shape, { isInteger, data })] };
  };
}

/** Same shape as the first input, whatever the others say: bounds, scales, zero points, statistics. */
export const likeFirst: Rule = (operation) => {
  const { shape } = operation.input(0);
  return { kind: "element-wise", outputs: operation.node.outputs.map(() => operation.output(shape)) };
};
