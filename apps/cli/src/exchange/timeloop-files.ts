import type { SourceFile } from "@loopnest/timeloop";
import { displayName, readText } from "../files/read-text.js";

/** Reads the files that a Timeloop run would be given, each once; `-` is standard input. */
export async function timeloopFiles(files: readonly string[]): Promise<SourceFile[]> {
  return Promise.all(
    [...new Set(files)].map(async (file) => ({ file: displayName(file), text: await readText(file) })),
  );
}
