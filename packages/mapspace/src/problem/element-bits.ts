import { similarNames } from "../errors/did-you-mean.js";
import { LoopnestError } from "../errors/loopnest-error.js";
import type { Problem, Tensor } from "./problem.js";

/** Bits of an element by tensor, and of unfinished outputs as `partialSums`; cases of letters do not matter. */
export type ElementBits = Readonly<Record<string, number>>;

/** The name of unfinished outputs among `ElementBits`. @internal */
const PARTIAL_SUMS = "partialSums";

/**
 * The problem with the widths of some of its tensors' elements said anew; those of others stay.
 *
 * @param path Where the widths stand, for errors; `bits` unless given.
 * @throws LoopnestError `input` for a name that is no tensor of the problem, a width that is no positive integer, or
 * partial sums narrower than finished outputs.
 */
export function withBits(problem: Problem, bits: ElementBits, path = "bits"): Problem {
  const names = bitsNames(problem);
  for (const [name, width] of Object.entries(bits)) {
    if (!isKnown(name, names))
      throw unknownBits(name, names, `${path}.${name}`, `${problem.name} has no tensor ${name}`);
    if (Number.isSafeInteger(width) && width > 0) continue;
    throw new LoopnestError({
      code: "input",
      path: `${path}.${name}`,
      problem: `the width of ${name} is ${width} bits`,
      fix: "give a positive integer",
      got: width,
    });
  }
  const said = (name: string) => Object.entries(bits).find(([own]) => isKnown(own, [name]));
  const sums = said(PARTIAL_SUMS);
  const tensors = problem.tensors.map((tensor): Tensor => {
    const own = said(tensor.name);
    const made: Tensor = {
      ...tensor,
      ...(own !== undefined && { bits: own[1] }),
      ...(sums !== undefined && tensor.role === "output" && { partialSumBits: sums[1] }),
    };
    const { name, bits: finished = 0, partialSumBits = finished } = made;
    if (partialSumBits >= finished) return made;
    throw new LoopnestError({
      code: "input",
      path: `${path}.${(sums ?? own)?.[0]}`,
      problem: `partial sums of ${partialSumBits} bits are narrower than finished ${name} of ${finished}`,
      fix: `give ${PARTIAL_SUMS} at least ${finished} bits`,
      tensor: name,
    });
  });
  return { ...problem, tensors };
}

/** The widths that a problem says, as `withBits` takes them, and the problem without them. */
export function splitBits(problem: Problem): { readonly plain: Problem; readonly bits: ElementBits } {
  const bits: Record<string, number> = {};
  const tensors = problem.tensors.map(({ bits: own, partialSumBits, ...tensor }): Tensor => {
    if (own !== undefined) bits[tensor.name] = own;
    if (partialSumBits !== undefined) bits[PARTIAL_SUMS] = partialSumBits;
    return tensor;
  });
  return { plain: { ...problem, tensors }, bits };
}

/** Names that widths of a problem's elements may have. @internal */
export function bitsNames({ tensors }: Problem): string[] {
  const names = tensors.map(({ name }) => name);
  return tensors.some(({ role }) => role === "output") ? [...names, PARTIAL_SUMS] : names;
}

/** The widths that a problem has tensors for. @internal */
export function ownBits(problem: Problem, bits: ElementBits): ElementBits {
  const names = bitsNames(problem);
  return Object.fromEntries(Object.entries(bits).filter(([name]) => isKnown(name, names)));
}

/** The same, of those tensors whose widths the problem does not say. @internal */
export function unsaidBits(problem: Problem, bits: ElementBits): ElementBits {
  const unsaid = problem.tensors.filter((tensor) => tensor.bits === undefined).map(({ name }) => name);
  const sums = problem.tensors.some(({ role, partialSumBits }) => role === "output" && partialSumBits === undefined);
  const names = sums ? [...unsaid, PARTIAL_SUMS] : unsaid;
  return Object.fromEntries(Object.entries(bits).filter(([name]) => isKnown(name, names)));
}

/** The error for a width of no tensor. @internal */
export function unknownBits(name: string, names: readonly string[], path: string, problem: string): LoopnestError {
  const similar = similarNames(name, names);
  const fix = similar.length > 0 ? `did you mean ${similar.join(" or ")}?` : `use one of ${names.join(", ")}`;
  return new LoopnestError({ code: "input", path, problem, fix, expected: names, got: name });
}

/** Whether a name is one of some, whatever the cases of its letters. @internal */
export function isKnown(name: string, names: readonly string[]): boolean {
  return names.some((own) => own.toLowerCase() === name.toLowerCase());
}
