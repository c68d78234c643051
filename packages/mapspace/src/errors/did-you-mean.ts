import { LoopnestError } from "./loopnest-error.js";

/**
 * Names that may have been meant by `got`, closest first: at most a third of the letters (and at least two) differ by
 * Levenshtein distance, case ignored, or one of the two begins with the other.
 *
 * @param limit Most names returned, 3 unless given.
 * @internal
 */
export function similarNames(got: string, names: readonly string[], limit = 3): string[] {
  const wanted = got.toLowerCase();
  if (wanted === "") return [];
  return names
    .map((name) => {
      const candidate = name.toLowerCase();
      const distance = levenshtein(wanted, candidate);
      const prefix = candidate.startsWith(wanted) || wanted.startsWith(candidate);
      return { name, distance, close: prefix || distance <= Math.max(2, Math.floor(wanted.length / 3)) };
    })
    .filter(({ distance, name, close }) => close && distance < name.length)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** The error for a name that is none of `names`. `what` is what it should name ("target"), `path` where it stands. */
export function unknownName(what: string, got: string, names: readonly string[], path: string): LoopnestError {
  const similar = similarNames(got, names);
  return new LoopnestError({
    code: "input",
    path,
    problem: `there is no ${what} ${got}`,
    fix: similar.length > 0 ? `did you mean ${similar.join(" or ")}?` : `choose one of ${names.join(", ")}`,
    expected: names,
    got,
  });
}

/** Fewest insertions, deletions and replacements of a letter that turn `a` into `b`. */
function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
