import type { RunResult } from "./run-result.js";

/**
 * The space of which a bound or an optimum is proven: whose sizes and loops, by whose counting, which factors, whether
 * the tensors of a level are placed together (even) or apart, and that no layer keeps anything on chip for the next.
 */
export function proofSpace({
  inputs,
  counts,
  options,
  fixed,
}: Pick<RunResult, "inputs" | "counts" | "options" | "fixed">): string {
  const given = Object.entries(fixed).map(([name, size]) => `${name} ${size}`);
  return [
    given.length === 0 ? inputs.target.name : `${inputs.target.name} with ${given.join(", ")}`,
    `counts ${counts}`,
    options["padding"] === undefined || options["padding"] === "off" ? "divisors" : "divisors or padded",
    options["placement"] === "uneven" ? "uneven" : "even",
    "layer by layer",
  ].join(", ");
}
