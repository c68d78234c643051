import { LoopnestError } from "../errors/loopnest-error.js";
import { GREATEST_QUANTITY, isQuantity, LEAST_QUANTITY } from "./quantity.js";

/**
 * A quantity of a machine as a function of its free sizes: `coefficient * product of size^exponent`.
 *
 * Written as text in a template, for example `2 * peDim`, `peDim^2` or `1024 * scratchpadKb / peDim`. Monomials are
 * positive, smooth, and linear in log space, which is all that a template needs and what makes minimal hardware
 * solvable.
 */
export interface Monomial {
  readonly coefficient: number;
  /** Exponent of every free size, in the template's order of sizes. */
  readonly exponents: readonly number[];
}

/** Largest exponent of a size, up or down: beyond it stands a slip of the finger, and no machine. */
const MOST_EXPONENT = 16;

/** A number, or a monomial as text. */
export type SizeExpression = number | string;

/**
 * Reads a size expression: numbers and sizes joined by `*` and `/`, each with an optional whole exponent `^n`.
 *
 * @throws LoopnestError `input` on anything else, on a size that `names` does not have, on an exponent beyond 16, or if
 * the numbers make 0 or no finite number.
 */
export function parseMonomial(text: SizeExpression, names: readonly string[], path = "size"): Monomial {
  const exponents = names.map(() => 0);
  if (typeof text === "number") return { coefficient: checkedCoefficient(text, text, path), exponents };
  let coefficient = 1;
  let sign = 1;
  for (const token of text.split(/([*/])/).map((part) => part.trim())) {
    if (token === "*" || token === "/") {
      sign = token === "*" ? 1 : -1;
      continue;
    }
    const match = /^([A-Za-z_][\w]*|\d+(?:\.\d+)?)(?:\s*\^\s*(\d+))?$/.exec(token);
    const power = sign * Number(match?.[2] ?? 1);
    const base = match?.[1];
    if (base !== undefined && /^\d/.test(base)) coefficient *= Number(base) ** power;
    else if (base !== undefined && names.includes(base)) exponents[names.indexOf(base)]! += power;
    else {
      throw new LoopnestError({
        code: "input",
        path,
        problem: base === undefined ? `cannot read "${token}" in "${text}"` : `"${text}" names an unknown size ${base}`,
        fix: `use numbers and the sizes ${names.join(", ")}, joined by * and /, with whole exponents like peDim^2`,
        got: text,
      });
    }
  }
  const steep = exponents.findIndex((exponent) => Math.abs(exponent) > MOST_EXPONENT);
  if (steep >= 0) {
    throw new LoopnestError({
      code: "input",
      path,
      problem: `"${text}" has ${names[steep]} to the power of ${exponents[steep]}`,
      fix: `give an exponent from -${MOST_EXPONENT} to ${MOST_EXPONENT}`,
      got: text,
    });
  }
  return { coefficient: checkedCoefficient(coefficient, text, path), exponents };
}

function checkedCoefficient(coefficient: number, text: SizeExpression, path: string): number {
  if (isQuantity(coefficient)) return coefficient;
  throw new LoopnestError({
    code: "input",
    path,
    problem: typeof text === "number" ? `is ${text}` : `the numbers in "${text}" make ${coefficient}`,
    fix: `give a number from ${LEAST_QUANTITY} to ${GREATEST_QUANTITY}`,
    got: text,
  });
}

/** The quotient of two monomials over the same sizes. */
export function divide(a: Monomial, b: Monomial): Monomial {
  return {
    coefficient: a.coefficient / b.coefficient,
    exponents: a.exponents.map((exponent, index) => exponent - b.exponents[index]!),
  };
}

/** The product of two monomials over the same sizes. */
export function multiply(a: Monomial, b: Monomial): Monomial {
  return {
    coefficient: a.coefficient * b.coefficient,
    exponents: a.exponents.map((exponent, index) => exponent + b.exponents[index]!),
  };
}

/**
 * The value at the given sizes. Its derivative with respect to log size i is `exponents[i]` times the value.
 *
 * @internal
 */
export function evaluateMonomial(monomial: Monomial, sizes: ArrayLike<number>): number {
  let value = monomial.coefficient;
  for (let i = 0; i < monomial.exponents.length; i++) {
    const exponent = monomial.exponents[i]!;
    if (exponent === 0) continue;
    const size = sizes[i]!;
    let power = 1;
    for (let k = exponent < 0 ? -exponent : exponent; k > 0; k--) power *= size;
    value = exponent < 0 ? value / power : value * power;
  }
  return value;
}
