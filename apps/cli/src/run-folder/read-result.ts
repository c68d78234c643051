import { join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { parseDocument } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { readText } from "../files/read-text.js";
import { RUN_FILES } from "./run-files.js";
import { type RunResult, runResultSchema, SCHEMA_VERSION } from "./run-result.js";

/**
 * Reads the result of a run folder.
 *
 * @throws LoopnestError `input` if it is missing or damaged, `unsupported` if a newer loopnest wrote it.
 */
export async function readResult(dir: string): Promise<RunResult> {
  const file = join(dir, RUN_FILES.result);
  const text = await readText(file);
  const { schemaVersion } = parseDocument(text, { file }, z.looseObject({ schemaVersion: z.int() }));
  if (schemaVersion > SCHEMA_VERSION) {
    throw new LoopnestError({
      code: "unsupported",
      path: file,
      problem: `its form is version ${schemaVersion}, this loopnest reads up to version ${SCHEMA_VERSION}`,
      fix: "use the loopnest that wrote it, or a newer one",
      got: schemaVersion,
    });
  }
  return parseDocument(text, { file }, runResultSchema);
}
