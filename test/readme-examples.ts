import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";
import { describe, expect, it, vi } from "vitest";

/** A ```ts block of a Markdown file. */
interface Example {
  readonly line: number;
  readonly code: string;
  /** What its comments say that it prints. */
  readonly expected: readonly string[];
}

/**
 * Declares a test for each ```ts block of a Markdown file: it runs by itself, and prints every line that its comments
 * promise, in that order. A promise is the comment behind a `console.log(...);` and those on the lines below it,
 * closing braces between.
 *
 * Blocks import packages by name, as their readers do, and so need to run in the folder of a package that depends on
 * them.
 *
 * @param folder The folder of the Markdown file unless given.
 */
export function testReadmeExamples(readme: URL, folder: URL = new URL(".", readme)): void {
  const file = fileURLToPath(readme);
  const examples = tsBlocks(readFileSync(file, "utf8"));
  describe(`examples in ${basename(file)}`, () => {
    it("are there", () => expect(examples).not.toEqual([]));
    it.each(examples)("the one in line $line runs and prints what it says", async ({ code, expected }) => {
      const printed = await run(code, fileURLToPath(folder));
      expect(printed).toEqual(expect.arrayContaining([...expected]));
      expect(printed.filter((line) => expected.includes(line))).toEqual(expected);
    });
  });
}

function tsBlocks(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => {
    const code = match[1] ?? "";
    return { line: markdown.slice(0, match.index).split("\n").length, code, expected: promises(code) };
  });
}

function promises(code: string): string[] {
  const found: string[] = [];
  let afterLog = false;
  for (const line of code.split("\n")) {
    const logs = line.includes("console.log(");
    const pattern = logs ? /; \/\/ (.*)$/ : /^\s*\/\/ (.*)$/;
    const comment: RegExpExecArray | null = logs || afterLog ? pattern.exec(line) : null;
    if (comment?.[1] !== undefined) found.push(comment[1]);
    afterLog = logs || (afterLog && (comment !== null || /^\s*[})]+;?$/.test(line)));
  }
  return found;
}

/** Runs code as a module next to the README, and returns the lines that it logged. */
async function run(code: string, folder: string): Promise<string[]> {
  const scratch = mkdtempSync(join(folder, ".readme-"));
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...values) => {
    lines.push(...format(...values).split("\n"));
  });
  try {
    const module = join(scratch, "example.ts");
    writeFileSync(module, code);
    await import(/* @vite-ignore */ pathToFileURL(module).href);
    return lines;
  } finally {
    log.mockRestore();
    rmSync(scratch, { recursive: true });
  }
}
