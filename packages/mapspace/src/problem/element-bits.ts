import { similarNames } from "../errors/did-you-mean.js";
import { LoopnestError } from "../errors/loopnest-error.js";
import type { Problem, Tensor } from "./problem.js";

/**
 * Bits of an element by tensor, and of unfinished outputs by the name `partialSums`; cases of letters do not matter.
 */
export type ElementBits = Readonly<Record<string, number>>;

/** The name of unfinished outputs among `ElementBits`. */
const PARTIAL_SUMS = "partialSums";

/**
 * The problem with the widths of some of its tensors' elements said anew; those of others stay.
 *
 * @param path Where the widths stand, for errors.
 * @throws LoopnestError `input` for a name that is no tensor of the problem, a width that is no positive integer, or
 * partial sums narrower than finished outputs.
 */
export function withBits(problem: Problem, bits: ElementBits, path = "bits"): Problem {
  const said = new Map(Object.entries(bits).map(([name, width]) => [name.toLowerCase(), width]));
  for (const [name, width] of Object.entries(bits)) checkBits(problem, name, width, `${path}.${name}`);
  const sums = said.get(PARTIAL_SUMS.toLowerCase());
  const tensors = problem.tensors.map((tensor): Tensor => {
    const own = said.get(tensor.name.toLowerCase());
    return {
      ...tensor,
      ...(own !== undefined && { bits: own }),
      ...(sums !== undefined && tensor.role === "output" && { partialSumBits: sums }),
    };
  });
  for (const { name, bits: own = 0, partialSumBits = own } of tensors) {
    if (partialSumBits >= own) continue;
    throw new LoopnestError({
      code: "input",
      path,
      problem: `partial sums of ${partialSumBits} bits are narrower than finished ${name} of ${own}`,
      fix: `give ${PARTIAL_SUMS} at least ${own} bits`,
      tensor: name,
    });
  }
  return { ...problem, tensors };
}

function checkBits(problem: Problem, name: string, width: number, path: string): void {
  const known = [...problem.tensors.map((tensor) => tensor.name), PARTIAL_SUMS];
  const isKnown = known.some((own) => own.toLowerCase() === name.toLowerCase());
  if (isKnown && Number.isSafeInteger(width) && width > 0) return;
  const similar = similarNames(name, known);
  throw new LoopnestError({
    code: "input",
    path,
    problem: isKnown ? `the width of ${name} is ${width} bits` : `${problem.name} has no tensor ${name}`,
    fix: isKnown
      ? "give a positive integer"
      : similar.length > 0
        ? `did you mean ${similar.join(" or ")}`
        : `use one of ${known.join(", ")}`,
    got: isKnown ? width : name,
  });
}
