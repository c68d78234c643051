import { stat } from "node:fs/promises";
import { join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { type DocumentFormat, writeDocument } from "@loopnest/mapspace/schema";
import { writeFiles } from "../files/write-files.js";
import type { Documents } from "./imported-documents.js";

/**
 * Writes documents where the caller wants them: one to a file, several to a folder; earlier files of the same names are
 * replaced.
 *
 * @param output A name that ends in .yaml, .yml or .json is a file, everything else a folder; standard output if not
 * given.
 * @param format Unless the file's name says it.
 * @throws LoopnestError `input` if several documents should go to one file.
 */
export async function writeDocuments(documents: Documents, output?: string, format?: DocumentFormat): Promise<void> {
  const entries = Object.entries(documents);
  const isFile = output !== undefined && /\.(ya?ml|json)$/i.test(output) && !(await isFolder(output));
  if (output === undefined || isFile) {
    const ending = output?.toLowerCase().endsWith(".json") ? "json" : "yaml";
    const [only, ...others] = entries;
    if (output === undefined) {
      const data = others.length === 0 ? only![1] : documents;
      return void process.stdout.write(writeDocument(data, format ?? "yaml"));
    }
    if (others.length > 0) {
      throw new LoopnestError({
        code: "input",
        path: "-o",
        problem: `there are ${entries.length} documents to write: ${Object.keys(documents).join(", ")}`,
        fix: "give a folder",
        got: output,
      });
    }
    return writeFiles({ [output]: writeDocument(only![1], format ?? ending) });
  }
  await writeFiles(
    Object.fromEntries(
      entries.map(([name, data]) => [
        join(output, `${name}.${format ?? "yaml"}`),
        writeDocument(data, format ?? "yaml"),
      ]),
    ),
  );
}

function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
