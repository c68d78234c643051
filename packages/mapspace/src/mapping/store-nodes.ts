import { LoopnestError } from "../errors/loopnest-error.js";
import type { Mapping } from "./mapping.js";

/** Whether a level of a mapping stands several times: its tensors are kept at several places between the loops. */
export function isUneven(mapping: Mapping): boolean {
  return mapping.some(({ level }, i) => i > 0 && mapping[i - 1]!.level === level);
}

/**
 * The level, by its place, of every entry of a mapping; one that stands several times in a row has several store nodes.
 *
 * @param names Of the levels, outermost first.
 * @throws LoopnestError `input` if the entries are not those levels, in that order.
 * @internal
 */
export function nodeLevels(names: readonly string[], mapping: Mapping): number[] {
  const levelOf: number[] = [];
  for (const [i, { level }] of mapping.entries()) {
    const last = levelOf.at(-1) ?? -1;
    if (last >= 0 && names[last] === level) levelOf.push(last);
    else if (names[last + 1] === level) levelOf.push(last + 1);
    else throw outOfOrder(`mapping[${i}].level`, `${level} is out of order`, names, level);
  }
  const last = levelOf.at(-1) ?? -1;
  if (last + 1 < names.length) throw outOfOrder("mapping", `${names[last + 1]} is missing`, names, names[last + 1]!);
  return levelOf;
}

function outOfOrder(path: string, problem: string, names: readonly string[], got: string): LoopnestError {
  return new LoopnestError({
    ...{ code: "input", path, problem, expected: names, got },
    fix: `list the levels ${names.join(", ")}, outermost first; one may stand several times in a row`,
  });
}
