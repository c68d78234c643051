import { LoopnestError } from "@loopnest/mapspace";

/** What a shell would do something with: an argument vector takes it for text. */
const SHELL_ONLY = /[|&;<>()$`*?]/;
/** What a backslash takes as it is; before anything else it is one of the characters, as in paths of Windows. */
const ESCAPED = /["'\\\s]/;

/**
 * A command line as the words of its argument vector, the same on every system: no shell reads it. Quotes hold words
 * with spaces together. A backslash takes a quote, a space or a backslash behind it as it is, and stands for itself
 * otherwise: `C:\sim\run.exe` is one word, as it looks. Between single quotes it always stands for itself.
 *
 * @param path The option that gives it, for errors.
 * @throws LoopnestError `input` for an empty command, a quote that is left open, or an unquoted character that only a
 * shell understands.
 */
export function commandWords(text: string, path: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === "\\" && quote !== "'" && ESCAPED.test(text[i + 1] ?? "")) word = (word ?? "") + text[++i]!;
    else if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      if (SHELL_ONLY.test(character)) {
        throw fault(path, text, `${character} means something to a shell only, and none reads it`, WITHOUT_SHELL);
      }
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") throw fault(path, text, `the quote ${quote} is left open`, "close it");
  if (word !== null) words.push(word);
  if (words.length === 0) throw fault(path, text, "there is no command", "name a program, and its arguments");
  return words;
}

const WITHOUT_SHELL = "quote it, put the command into a script, or add --shell";

function fault(path: string, got: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix, got });
}
