import { divisors, type Mapspace, primeFactors } from "@loopnest/mapspace";
import { type Expression, type LinearProgram, number, sum } from "./linear-program.js";

/** For every slot, how often it takes each prime of its dimension. */
type Takes = readonly (readonly { readonly prime: number; readonly times: Expression }[])[];

/**
 * The log of the words of a tensor in the tile of a level, as a linear expression of what slots take.
 *
 * A rank of one dimension with coefficient 1 is as long as the tile. Any other rank, `sum of coefficient * (tile - 1) +
 * 1` long, is looked up: one whole variable for every combination of tiles, of which exactly one is 1.
 */
export function logWords(
  program: LinearProgram,
  space: Mapspace,
  takes: Takes,
  level: number,
  tensor: number,
): Expression {
  const { shape, slots, slotsOf } = space;
  /** How often the tile of a dimension has a prime. */
  const exponent = (d: number, prime: number): Expression =>
    sum(
      ...slotsOf[d]!.filter((slot) => slots[slot]!.level >= level).flatMap((slot) =>
        takes[slot]!.flatMap((taken) => (taken.prime === prime ? [[1, taken.times] as const] : [])),
      ),
    );
  const primesOf = (d: number) => [...new Set(primeFactors(shape.bounds[d]!))];
  const ranks: Expression[] = [];
  for (let r = shape.rankStart[tensor]!; r < shape.rankStart[tensor + 1]!; r++) {
    const terms: { d: number; coefficient: number }[] = [];
    for (let k = shape.termStart[r]!; k < shape.termStart[r + 1]!; k++) {
      terms.push({ d: shape.termDim[k]!, coefficient: shape.termCoefficient[k]! });
    }
    if (terms.length === 1 && terms[0]!.coefficient === 1) {
      const { d } = terms[0]!;
      ranks.push(sum(...primesOf(d).map((prime) => [Math.log(prime), exponent(d, prime)] as const)));
      continue;
    }
    const combinations = tileCombinations(terms.map(({ d }) => divisors(shape.bounds[d]!)));
    const chosen = combinations.map(() => program.whole(1));
    program.demand(sum(...chosen.map((one) => [1, one] as const)), "=", number(1));
    terms.forEach(({ d }, k) => {
      for (const prime of primesOf(d)) {
        const looked = chosen.map((one, c) => [multiplicity(combinations[c]![k]!, prime), one] as const);
        program.demand(exponent(d, prime), "=", sum(...looked));
      }
    });
    const extent = (tiles: readonly number[]) =>
      tiles.reduce((length, tile, k) => length + terms[k]!.coefficient * (tile - 1), 1);
    ranks.push(sum(...chosen.map((one, c) => [Math.log(extent(combinations[c]!)), one] as const)));
  }
  return sum(...ranks.map((rank) => [1, rank] as const));
}

function tileCombinations(choices: readonly (readonly number[])[]): number[][] {
  return choices.reduce<number[][]>((all, own) => all.flatMap((tiles) => own.map((tile) => [...tiles, tile])), [[]]);
}

function multiplicity(n: number, prime: number): number {
  return primeFactors(n).filter((factor) => factor === prime).length;
}
