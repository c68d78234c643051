import { LoopnestError } from "../errors/loopnest-error.js";
import { evaluateMonomial, type Monomial } from "../numbers/monomial.js";
import { type FreeSize, greatestSize, leastSize } from "./free-size.js";

/** Where instances stand: a level, or the compute units. */
export interface MeshPlace {
  readonly name: string;
  /** Path in the target. */
  readonly path: string;
  readonly instances: Monomial;
  readonly meshX: Monomial;
}

/**
 * Checks that there are whole instances in whole columns, at the smallest, the largest and the default sizes, and that
 * no place has fewer of them than the one outside it: nothing could be mapped there.
 *
 * @param places Outermost first.
 * @throws LoopnestError `input` with the path of the first that is wrong.
 */
export function checkMeshes(sizes: readonly FreeSize[], places: readonly MeshPlace[]): void {
  const corners = [sizes.map(leastSize), sizes.map(greatestSize), sizes.map((size) => size.default)];
  places.forEach(({ name, path, instances, meshX }, i) => {
    for (const corner of corners) {
      checkWhole(instances, `${path}.instances`, `instances of ${name}`, sizes, corner);
      checkWhole(meshX, `${path}.meshX`, `columns of ${name}`, sizes, corner);
    }
    const outer = places[i - 1];
    if (outer === undefined) return;
    for (const [what, field] of [
      ["instances", "instances"],
      ["columns", "meshX"],
    ] as const) {
      const [most, least] = [atMost(places[i]![field], sizes), atLeast(outer[field], sizes)];
      if (most >= least) continue;
      throw new LoopnestError({
        code: "input",
        path: `${path}.${field}`,
        problem: `there are ${most} ${what} of ${name} below ${least} of ${outer.name}`,
        fix: `give a whole multiple of the ${what} of ${outer.name}`,
        needed: least,
        available: most,
      });
    }
  });
}

function checkWhole(
  monomial: Monomial,
  path: string,
  what: string,
  sizes: readonly FreeSize[],
  values: readonly number[],
): void {
  const value = evaluateMonomial(monomial, values);
  if (value >= 1 - SLACK && Math.abs(value - Math.round(value)) <= SLACK * value) return;
  const at = sizes.flatMap(({ name }, i) => (monomial.exponents[i] === 0 ? [] : [`${name} ${values[i]}`]));
  throw new LoopnestError({
    code: "input",
    path,
    problem: `there are ${value} ${what}${at.length > 0 ? ` at ${at.join(", ")}` : ""}`,
    fix: "give a whole number of at least 1, at every size",
    got: value,
  });
}

/** Sizes that are multiples of a fractional step are whole but for rounding. */
const SLACK = 1e-9;

function atMost(monomial: Monomial, sizes: readonly FreeSize[]): number {
  const best = sizes.map((size, i) => (monomial.exponents[i]! > 0 ? greatestSize(size) : leastSize(size)));
  return evaluateMonomial(monomial, best);
}

function atLeast(monomial: Monomial, sizes: readonly FreeSize[]): number {
  const worst = sizes.map((size, i) => (monomial.exponents[i]! > 0 ? leastSize(size) : greatestSize(size)));
  return evaluateMonomial(monomial, worst);
}
