import { readdir } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { parseDocument } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { isTrace } from "../files/hold-folder.js";
import { namesWithin, pathWithin } from "../files/own-folder.js";
import { readText } from "../files/read-text.js";
import { shellWord } from "../terminal/shell-word.js";
import { isPartFile, layerFile, PARTS_FOLDER, RUN_FILES } from "./run-files.js";
import { FUSED_SCHEMA_VERSION, type RunResult, runResultSchema } from "./run-result.js";

/**
 * Reads the result of a run folder.
 *
 * @throws LoopnestError `input` if it is missing or damaged, `unsupported` if a newer loopnest wrote it.
 */
export async function readResult(dir: string): Promise<RunResult> {
  const file = await pathWithin(dir, RUN_FILES.result);
  await refuseUnfinished(dir);
  const text = await readText(file);
  const { schemaVersion } = parseDocument(text, { file }, z.looseObject({ schemaVersion: z.int() }));
  if (schemaVersion > FUSED_SCHEMA_VERSION) {
    throw new LoopnestError({
      code: "unsupported",
      path: file,
      problem: `its form is version ${schemaVersion}, this loopnest reads up to version ${FUSED_SCHEMA_VERSION}`,
      fix: "use the loopnest that wrote it, or a newer one",
      got: schemaVersion,
    });
  }
  const result = parseDocument(text, { file }, runResultSchema);
  result.layers.forEach(({ file: named, name }, i, { length }) => {
    const ours = layerFile(i, length, name);
    if (named === ours) return;
    throw new LoopnestError({
      ...{ code: "input", path: file, problem: `layers[${i}].file is ${JSON.stringify(named)}, should be ${ours}` },
      ...{ fix: "fetch the folder again from where it comes from, or search anew with --force", got: named },
    });
  });
  return result;
}

/** Says of a folder without a result whose search has not ended how to go on with it. */
async function refuseUnfinished(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => [] as string[]);
  if (names.includes(RUN_FILES.result) || names.length === 0) return;
  if (names.every((name) => name === PARTS_FOLDER || isTrace(name))) {
    const problem = "a search was killed in this folder before it kept anything";
    throw new LoopnestError({ code: "input", path: dir, problem, fix: "give the same search again" });
  }
  if (!names.includes(RUN_FILES.plan)) return;
  const parts = (await namesWithin(dir, PARTS_FOLDER)).filter(isPartFile).length;
  throw new LoopnestError({
    code: "input",
    path: dir,
    problem: `the search of this folder was interrupted; ${parts} of its parts ${parts === 1 ? "is" : "are"} kept`,
    fix: `go on with loopnest search --resume ${shellWord(dir)}`,
  });
}
