import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeAtomically } from "./write-atomically.js";

/**
 * Writes texts by file name, folders included, each file whole or not at all.
 *
 * @param tell Is told of it; it goes to standard error unless given.
 * @throws the system's error if a file cannot be written.
 */
export async function writeFiles(
  texts: Readonly<Record<string, string>>,
  tell: (text: string) => void = (text) => process.stderr.write(text),
): Promise<void> {
  for (const [file, text] of Object.entries(texts)) {
    await mkdir(dirname(file), { recursive: true });
    await writeAtomically(file, text);
  }
  tell(`written to ${Object.keys(texts).join(", ")}\n`);
}
