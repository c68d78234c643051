import { LoopnestError } from "@loopnest/mapspace";

/**
 * Sizes given as `name=value` each; names may hold brackets and points: `input[0]=1`.
 *
 * @throws LoopnestError `input` for a text that is none, or a name that is given twice.
 */
export function givenSizes(given: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const text of given) {
    const [, name, value] = /^\s*(.+?)\s*=\s*(\d+)\s*$/.exec(text) ?? [];
    if (name === undefined) throw dimError(`cannot read ${text}`, "write it like batch_size=1");
    if (Object.hasOwn(found, name)) throw dimError(`${name} is given twice`, "give it once");
    found[name] = Number(value);
  }
  return found;
}

function dimError(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: "--dim", problem, fix });
}
