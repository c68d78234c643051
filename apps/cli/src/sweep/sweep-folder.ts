import { readdir } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { version } from "../../package.json";
import { isTrace } from "../files/hold-folder.js";
import { pathWithin, writeWithin } from "../files/own-folder.js";
import { readText } from "../files/read-text.js";
import { jsonText } from "../terminal/print-data.js";
import { folderContents } from "./folder-contents.js";
import { manifestHash, writeManifest } from "./manifest.js";
import { type ManifestCount, manifestEntries } from "./manifest-entries.js";
import type { StudyFile } from "./study-file.js";
import { INPUTS_FOLDER, SWEEP_FILES } from "./sweep-files.js";

const sweepSchema = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().describe("version that began the sweep: keys are of it"),
  name: z.string(),
  description: z.string().exactOptional(),
  keep: z.enum(["figures", "runs"]),
  points: z.int().min(0).describe("searches: points of one key count once"),
  repeated: z.int().min(0).describe("points that are a search that another point is, too"),
  sizes: z.array(z.string()).describe("names of all hardware sizes of its targets"),
  manifest: z.string().describe("SHA-256 of manifest.jsonl"),
});

/** What a sweep is, as `sweep.json` says. */
export type Sweep = z.infer<typeof sweepSchema>;

/**
 * Makes a folder that of a study's sweep: the keys of all searches are in it before the first one runs. A folder that
 * holds the same sweep is gone on with.
 *
 * @throws LoopnestError `input` for a folder that holds something else, or a study that cannot be planned.
 */
export async function beginSweep(dir: string, file: StudyFile): Promise<Sweep> {
  const names = (await readdir(dir)).filter((name) => !isTrace(name));
  const isBegun = names.includes(SWEEP_FILES.sweep);
  const { study } = file;
  if (isBegun) {
    const sweep = await readSweep(dir);
    const hash = await manifestHash(manifestEntries(file, folderContents(dir)));
    if (hash === sweep.manifest && study.keep === sweep.keep) return sweep;
    throw refused(dir, `the folder holds another sweep: ${sweep.name}, ${sweep.points} searches`);
  }
  // Without sweep.json, what is there was killed while it began.
  const ours: readonly string[] = [SWEEP_FILES.manifest, INPUTS_FOLDER];
  if (names.some((name) => !ours.includes(name))) throw refused(dir, "the folder holds files, but no sweep");
  const count: ManifestCount = { points: 0, repeated: 0, sizes: [] };
  const manifest = await writeManifest(dir, manifestEntries(file, folderContents(dir), count));
  if (count.points === 0) throw refused(dir, "the study has no points", "leave out less");
  const sweep: Sweep = {
    ...{ schemaVersion: 1, loopnest: version, name: file.name },
    ...(study.description !== undefined && { description: study.description }),
    ...{ keep: study.keep, ...count, manifest },
  };
  await writeWithin(dir, SWEEP_FILES.sweep, jsonText(sweep));
  return sweep;
}

/**
 * Reads what the sweep of a folder is.
 *
 * @throws LoopnestError `input` if the folder holds none, `unsupported` for one that another version began.
 */
export async function readSweep(dir: string): Promise<Sweep> {
  const file = await pathWithin(dir, SWEEP_FILES.sweep);
  const sweep = validate(new SourceText(await readText(file), { file, format: "json" }), sweepSchema);
  if (sweep.loopnest === version) return sweep;
  throw new LoopnestError({
    code: "unsupported",
    path: file,
    problem: `loopnest ${sweep.loopnest} began this sweep, this is ${version}: their figures may not go together`,
    fix: `go on with npx loopnest@${sweep.loopnest}, or begin anew in another folder`,
  });
}

function refused(dir: string, problem: string, fix = "choose another folder with -o"): LoopnestError {
  return new LoopnestError({ code: "input", path: dir, problem, fix, got: dir });
}
