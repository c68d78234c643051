import { basename, join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { type Case, caseSchema, SourceText, validate } from "@loopnest/mapspace/schema";
import { displayName, readText } from "../files/read-text.js";
import { locateError } from "../input/locate-error.js";
import { readWholeRun } from "../run-folder/read-run.js";

/** Where mapped layers come from: a run folder, or a file of one. */
export interface CaseSource {
  readonly run?: string;
  readonly case?: string;
}

/** A file that holds a mapped layer. */
export interface CaseFile {
  /** The name that a run folder gives the layer; empty for a file of one. */
  readonly name: string;
  readonly file: string;
}

/** The mapped layers of a run folder, or the file of one. */
export async function caseFiles({ run, case: file }: CaseSource): Promise<CaseFile[]> {
  if (run === undefined) return [{ name: "", file: file! }];
  const { layers } = (await readWholeRun(run)).result;
  return layers.map(({ file }) => ({ name: ownName(basename(file, ".yaml")), file: join(run, file) }));
}

/** A name that stays inside the folder it is in, whatever a run folder says. */
function ownName(name: string): string {
  return name.replace(/^\.+/, (dots) => "_".repeat(dots.length)) || "layer";
}

/**
 * Reads a mapped layer and makes something of it.
 *
 * @throws LoopnestError with the place in the file of what cannot be made of it.
 */
export async function convertCase<T>(file: string, convert: (record: Case) => T): Promise<T> {
  const source = new SourceText(await readText(file), { file: displayName(file) });
  const record = validate(source, caseSchema);
  try {
    return convert(record);
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    throw locateError(error, () => source);
  }
}
