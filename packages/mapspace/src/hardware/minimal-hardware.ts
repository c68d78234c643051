import { LoopnestError } from "../errors/loopnest-error.js";
import { evaluateMonomial, type Monomial } from "../numbers/monomial.js";
import { greatestSize, leastSize, sizeFrom } from "./free-size.js";
import type { Needs } from "./needs.js";
import type { CompiledTarget } from "./target.js";

/** A demand on one free size: `monomial(sizes) >= need`, solved for the size at `index` given the sizes before it. */
interface Constraint {
  readonly monomial: Monomial;
  /** The last size that the monomial depends on. */
  readonly index: number;
  /** Its exponent. */
  readonly exponent: number;
  readonly level: number;
  readonly need: "words" | "x" | "y";
}

/** Which need decided a size in the last `solve`, if one did: the size sits at its minimum or is fixed otherwise. */
interface Decision {
  constraint: Constraint | null;
}

/**
 * The smallest hardware on which mappings with given needs fit (mapping-first search), as a solver for one target.
 *
 * Every level's capacity and fan-out is a monomial of the free sizes. Sizes are solved in the target's order: each
 * takes the largest value that a constraint demands, given the sizes before it, and at least its least value.
 */
export interface MinimalHardware {
  /**
   * Writes the smallest sizes that satisfy `needs`.
   *
   * @param fixed Sizes that may not change, NaN where a size is free.
   * @param whole Round sizes up to whole steps; otherwise they stay continuous.
   * @returns false if a size would exceed its maximum or a fixed size is too small: the sizes then are the closest
   * ones.
   */
  solve(needs: Needs, fixed: ArrayLike<number>, whole: boolean, sizes: Float64Array): boolean;
  /**
   * Writes and returns what sizes offer: the inverse view, capacity and fan-out per level (`Infinity` where unlimited).
   */
  offers(sizes: ArrayLike<number>, out: Needs): Needs;
  /**
   * Adds, for sizes left continuous by the last `solve`, the derivative with respect to needs, given that with respect
   * to log sizes. `logSizeGradient` is used up: a size that depends on another passes its share on.
   */
  pullback(needs: Needs, logSizeGradient: Float64Array, needsGradient: Needs): void;
}

/**
 * @throws LoopnestError `unsupported` if a constraint's last size stands in its denominator (growing it would not
 * help).
 */
export function makeMinimalHardware(compiled: CompiledTarget): MinimalHardware {
  const { sizes: free } = compiled.target;
  const constraints = compiled.levels.flatMap((level, l) => [
    ...constraintOn(compiled, level.capacityWords, l, "words"),
    ...constraintOn(compiled, level.fanOutX, l, "x"),
    ...constraintOn(compiled, level.fanOutY, l, "y"),
  ]);
  const bySize = free.map((_, index) => constraints.filter((constraint) => constraint.index === index));
  const constant = constraints.filter((constraint) => constraint.index < 0);
  const least = free.map(leastSize);
  const greatest = free.map(greatestSize);
  const decisions: Decision[] = free.map(() => ({ constraint: null }));

  return {
    solve(needs, fixed, whole, sizes) {
      let fits = constant.every(({ monomial, level, need }) => needs[need][level]! <= monomial.coefficient);
      for (let i = 0; i < free.length; i++) {
        let size = least[i]!;
        decisions[i]!.constraint = null;
        sizes[i] = 1;
        for (const constraint of bySize[i]!) {
          const ratio = needs[constraint.need][constraint.level]! / evaluateMonomial(constraint.monomial, sizes);
          const demanded = constraint.exponent === 1 ? ratio : ratio ** (1 / constraint.exponent);
          if (demanded > size) {
            size = demanded;
            decisions[i]!.constraint = constraint;
          }
        }
        if (whole) size = sizeFrom(free[i]!, size);
        const given = fixed[i]!;
        if (!Number.isNaN(given)) {
          if (size > given) fits = false;
          size = given;
          decisions[i]!.constraint = null;
        } else if (size > greatest[i]!) {
          fits = false;
          size = greatest[i]!;
          decisions[i]!.constraint = null;
        }
        sizes[i] = size;
      }
      return fits;
    },
    offers(sizes, out) {
      for (const field of [out.words, out.x, out.y]) field.fill(Number.POSITIVE_INFINITY);
      for (const { monomial, level, need } of constraints) out[need][level] = evaluateMonomial(monomial, sizes);
      return out;
    },
    pullback(needs, logSizeGradient, needsGradient) {
      for (let i = free.length - 1; i >= 0; i--) {
        const constraint = decisions[i]!.constraint;
        const gradient = logSizeGradient[i]!;
        if (constraint === null || gradient === 0) continue;
        const { monomial, exponent, level, need } = constraint;
        needsGradient[need][level]! += gradient / exponent / needs[need][level]!;
        for (let j = 0; j < i; j++) logSizeGradient[j]! -= (gradient * monomial.exponents[j]!) / exponent;
      }
    },
  };
}

function constraintOn(
  compiled: CompiledTarget,
  monomial: Monomial | null,
  level: number,
  need: Constraint["need"],
): Constraint[] {
  if (monomial === null) return [];
  const index = monomial.exponents.reduce((last, exponent, i) => (exponent === 0 ? last : i), -1);
  const exponent = index < 0 ? 1 : monomial.exponents[index]!;
  if (exponent < 0) {
    throw new LoopnestError({
      code: "unsupported",
      path: `levels[${level}]`,
      problem: `${compiled.levels[level]!.template.name} gets smaller as ${compiled.sizeNames[index]} grows`,
      fix: `list ${compiled.sizeNames[index]} before the size that makes up for it`,
      level: compiled.levels[level]!.template.name,
    });
  }
  return [{ monomial, index, exponent, level, need }];
}
