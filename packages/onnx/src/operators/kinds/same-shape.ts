import type { Rule } from "../../operation/rule.js";

/** Every word is read, and one written for it; which ones go where changes nothing. */
export const sameShape: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  return { kind: "movement", outputs: [operation.output(shape, { isInteger })] };
};
