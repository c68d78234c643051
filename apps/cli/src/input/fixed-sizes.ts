import { type Hardware, hardwareSizes, LoopnestError, type Target } from "@loopnest/mapspace";
import { assignment } from "./assignment.js";

/**
 * Hardware sizes as options give them: `--fix name=value`, several times, and `--pe n` for `peDim=n`.
 *
 * @throws LoopnestError `input` for a text that cannot be read, a size given twice, unknown to the target or out of its
 * range.
 */
export function fixedSizes(given: readonly string[], pe: number | undefined, target: Target): Hardware {
  const found = new Map<string, number>();
  const example = `${target.sizes[0]?.name ?? "name"}=${target.sizes[0]?.default ?? 1}`;
  const texts = pe === undefined ? given : [...given, `peDim=${pe}`];
  for (const text of texts) {
    const [name, value = ""] = assignment(text) ?? [];
    if (name === undefined || !/^\d+(\.\d+)?$/.test(value))
      throw fault(`cannot read ${text}`, `write it like ${example}`);
    if (found.has(name)) throw fault(`${name} is fixed twice`, "give it once");
    found.set(name, Number(value));
  }
  const fixed = Object.fromEntries(found);
  try {
    hardwareSizes(target, fixed);
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    throw new LoopnestError({ ...error.data, path: "--fix" });
  }
  return fixed;
}

function fault(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: "--fix", problem, fix });
}
