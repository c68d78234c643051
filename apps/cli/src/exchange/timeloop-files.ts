import { dirname, join } from "node:path";
import { includesOf, type SourceFile } from "@loopnest/timeloop";
import { displayName, readText } from "../files/read-text.js";

/**
 * Reads the files that a Timeloop run would be given, each once, and those that they include, found from where they
 * are; `-` is standard input.
 *
 * @throws LoopnestError `input` if a file is not there.
 */
export async function timeloopFiles(files: readonly string[]): Promise<SourceFile[]> {
  const read = new Map<string, SourceFile>();
  let open = files;
  while (open.length > 0) {
    const fresh = [...new Set(open)].filter((file) => !read.has(file));
    const texts = await Promise.all(
      fresh.map(async (file) => ({ file: displayName(file), text: await readText(file) })),
    );
    fresh.forEach((file, i) => {
      read.set(file, texts[i]!);
    });
    open = fresh.flatMap((file, i) => includesOf(texts[i]!.text).map((name) => join(dirname(file), name)));
  }
  return [...read.values()];
}
