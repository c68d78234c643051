import { LoopnestError } from "@loopnest/mapspace";
import { assignment } from "./assignment.js";

/**
 * Sizes given as `name=value` each; names may hold brackets and points: `input[0]=1`.
 *
 * @throws LoopnestError `input` for a text that is none, or a name that is given twice.
 */
export function givenSizes(given: readonly string[]): Record<string, number> {
  const found = new Map<string, number>();
  for (const text of given) {
    const [name, value = ""] = assignment(text) ?? [];
    if (name === undefined || !/^\d+$/.test(value)) throw dimError(`cannot read ${text}`, "write it like batch_size=1");
    if (found.has(name)) throw dimError(`${name} is given twice`, "give it once");
    found.set(name, Number(value));
  }
  return Object.fromEntries(found);
}

function dimError(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: "--dim", problem, fix });
}
