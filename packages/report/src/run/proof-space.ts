import type { RunResult } from "./run-result.js";

/** What says of which space a proof is. */
type ProvenQuestion = Pick<RunResult, "counts" | "options" | "fixed"> & {
  readonly inputs: { readonly target: { readonly name: string } };
  readonly mayPad?: boolean;
};

/**
 * The space of which a bound or an optimum is proven: whose sizes and loops, by whose counting, which factors, whether
 * the tensors of a level are placed together (even) or apart, and whether what a layer makes may stay on chip for the
 * next.
 */
export function proofSpace({ inputs, counts, options, fixed, mayPad = false }: ProvenQuestion): string {
  const given = Object.entries(fixed).map(([name, size]) => `${name} ${size}`);
  return [
    given.length === 0 ? inputs.target.name : `${inputs.target.name} with ${given.join(", ")}`,
    `counts ${counts}`,
    mayPad ? "divisors or padded" : "divisors",
    // docs/trees.md says which layers are not carried.
    options["placement"] === "uneven" ? "uneven (layers not carried: even)" : "even",
    options["longestSegment"] === undefined
      ? "layer by layer"
      : `chains of up to ${options["longestSegment"]} layers under shared loops`,
  ].join(", ");
}
