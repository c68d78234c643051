import type { Command } from "commander";

/** A part of a command's help, put into words once it is known how wide the terminal is. */
export type HelpText = (context: { readonly command: Command }) => string;

/** Columns that help may take: those of the terminal, 80 where there is none. */
export function helpWidth({ command }: { readonly command: Command }): number {
  return command.configureOutput().getOutHelpWidth?.() ?? 80;
}

/** Terms and what they mean, beside each other; `null` if a line would be too long. */
export function inColumns(rows: readonly (readonly [term: string, meaning: string])[], width: number): string | null {
  const termWidth = Math.max(...rows.map(([term]) => term.length));
  const lines = rows.map(([term, meaning]) => `  ${term.padEnd(termWidth)}  ${meaning}`);
  return lines.some((line) => line.length > width) ? null : lines.join("\n");
}

/** Command lines, each with what it is for below it. A long one goes on in the next line, as shells read it. */
export function underEachOther(rows: readonly (readonly [command: string, purpose: string])[], width: number): string {
  return rows
    .flatMap(([command, purpose]) => [
      ...wrapped(command, width - 4)
        .map((line, i, all) => (i + 1 < all.length ? `${line} \\` : line))
        .map(indentAfter),
      ...wrapped(purpose, width - 6).map((line) => `      ${line}`),
    ])
    .join("\n");
}

/** Terms with what they mean in a column of their own, wrapped there. */
export function wrappedColumns(rows: readonly (readonly [term: string, meaning: string])[], width: number): string {
  const termWidth = Math.max(...rows.map(([term]) => term.length));
  return rows
    .flatMap(([term, meaning]) =>
      wrapped(meaning, width - termWidth - 4).map((line, i) => `  ${(i === 0 ? term : "").padEnd(termWidth)}  ${line}`),
    )
    .join("\n");
}

function indentAfter(line: string, i: number): string {
  return i === 0 ? `  ${line}` : `    ${line}`;
}

/** A text in lines of at most so many letters; a longer word has a line of its own. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
