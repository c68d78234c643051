import { LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import type * as z from "zod";
import { version } from "../../package.json";
import { fingerprint } from "./fingerprint.js";
import { pathWithin, writeWithin } from "./own-folder.js";
import { readText } from "./read-text.js";

/** What every sealed file says beside its content. */
interface Seal {
  readonly schemaVersion?: 1 | undefined;
  /** The version that wrote it. */
  readonly loopnest?: string | undefined;
  /** Of what is sealed. */
  readonly sha256: string;
}

/**
 * A kind of file in a folder of ours, JSON that says whether it is what was written, and by which version: work that is
 * gone on with must not go on from anything else.
 */
export interface SealedKind<Content extends object> {
  readonly schema: z.ZodType<Seal>;
  /** What of the content the seal is on. */
  readonly sealed: (content: Content) => unknown;
  /** What to do about a file that is not what was written. */
  readonly damaged: string;
  /**
   * For kinds that another version may not go on with: what that version did (`began this search`, `ran it`), and what
   * there is to do beside going on with it.
   */
  readonly version?: { readonly did: string; readonly or: string };
}

/** Writes a sealed file, as `writeWithin` does. */
export async function writeSealed<Content extends object>(
  dir: string,
  name: string,
  kind: SealedKind<Content>,
  content: Content,
): Promise<void> {
  const seal: Seal = { schemaVersion: 1, loopnest: version, sha256: fingerprint(kind.sealed(content)) };
  await writeWithin(dir, name, `${JSON.stringify({ ...seal, ...content })}\n`);
}

/**
 * Reads a sealed file as it was written, before a schema fills in or reorders anything.
 *
 * @throws LoopnestError `input` if there is none, or it is not what was written; `unsupported` if another version wrote
 * it.
 */
export async function readSealed<Content extends object>(
  dir: string,
  name: string,
  kind: SealedKind<Content>,
): Promise<Content> {
  const content = await readUnlessBroken(dir, name, kind);
  if (content !== null) return content;
  const path = await pathWithin(dir, name);
  const problem = "its content is not what was written";
  throw new LoopnestError({ code: "input", path, problem, fix: kind.damaged });
}

/** The same; `null` where the seal is broken. */
export async function readUnlessBroken<Content extends object>(
  dir: string,
  name: string,
  kind: SealedKind<Content>,
): Promise<Content | null> {
  const path = await pathWithin(dir, name);
  const source = new SourceText(await readText(path), { file: path, format: "json" });
  const { loopnest, sha256 } = validate(source, kind.schema);
  if (kind.version !== undefined && loopnest !== version) {
    throw new LoopnestError({
      code: "unsupported",
      path,
      problem: `loopnest ${loopnest} ${kind.version.did}, this is ${version}`,
      fix: `go on with npx loopnest@${loopnest}, or ${kind.version.or}`,
    });
  }
  const content = source.data as Content;
  return fingerprint(kind.sealed(content)) === sha256 ? content : null;
}
