/**
 * A text as lines of at most so many characters, parted between words; a longer word has a line of its own.
 *
 * @param columns No limit unless given.
 * @param indent Stands before every line but the first, and counts.
 */
export function wrapped(text: string, columns = Number.POSITIVE_INFINITY, indent = ""): string[] {
  const [first, ...rest] = text.split(" ");
  const lines = [first!];
  for (const word of rest) {
    const longer = `${lines.at(-1)!} ${word}`;
    if (longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
