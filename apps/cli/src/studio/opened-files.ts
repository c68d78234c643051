import { readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { unreadable } from "../files/read-text.js";
import { RUN_FILES } from "../run-folder/run-files.js";

/** Something that the page opens when it comes up. */
export interface Opened {
  readonly name: string;
  /** Its files by their name within it; of a file, itself. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What of a run folder the page reads. */
const OF_RUN = [RUN_FILES.result, RUN_FILES.inputs];

/** Reads what is to be opened. @throws LoopnestError `input` for what is not there, or is no run folder. */
export function openedFiles(paths: readonly string[]): Promise<Opened[]> {
  return Promise.all(paths.map(opened));
}

async function opened(path: string): Promise<Opened> {
  const name = basename(resolve(path));
  const about = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!about.isDirectory()) return { name, files: new Map([[name, await bytesOf(path)]]) };
  const files = new Map<string, Buffer>();
  for (const file of OF_RUN) {
    files.set(
      file,
      await readFile(join(path, file)).catch(() => {
        const problem = `it has no ${file}: no finished run`;
        throw new LoopnestError({ code: "input", path, problem, fix: "give a folder of loopnest search, or a file" });
      }),
    );
  }
  return { name, files };
}

function bytesOf(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
}
