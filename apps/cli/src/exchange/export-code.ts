import { join } from "node:path";
import { layerProgram, layerTrace } from "@loopnest/codegen";
import { LoopnestError } from "@loopnest/mapspace";
import type { Case } from "@loopnest/mapspace/schema";
import { writeFiles } from "../files/write-files.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { type CaseFile, type CaseSource, caseFiles, convertCase } from "./mapped-cases.js";

/** The options of `loopnest export c` and `loopnest export trace`. */
export interface ExportCodeOptions extends OutputForm, CaseSource {
  readonly layer?: readonly string[];
  readonly output: string;
}

/** What a mapped layer is written as: the ending of its file, its text, and how one goes on from there. */
interface CodeForm {
  readonly ending: string;
  text(record: Case): string;
  next(path: string): string;
}

const FORMS = {
  c: {
    ending: ".c",
    text: ({ problem, mapping }) => layerProgram(problem, mapping),
    next: (path) => `cc -std=c99 -O2 -o ${path.slice(0, -2)} ${path}`,
  },
  trace: {
    ending: ".trace.json",
    text: ({ problem, mapping }) => `${JSON.stringify(layerTrace(problem, mapping))}\n`,
    next: (path) => `${path}: open it in https://ui.perfetto.dev`,
  },
} satisfies Record<string, CodeForm>;

/**
 * `loopnest export c`, `loopnest export trace`: a file for each layer.
 *
 * @throws LoopnestError `input` for a layer that the run does not have; with the place in the case's file of what
 * cannot be written.
 */
export async function exportCode(
  form: keyof typeof FORMS,
  { layer: names = [], output, run, case: file, ...print }: ExportCodeOptions,
): Promise<void> {
  const { ending, text, next }: CodeForm = FORMS[form];
  const source = { ...(run !== undefined && { run }), ...(file !== undefined && { case: file }) };
  const layers = named(await caseFiles(source), names);
  const written = await Promise.all(
    layers.map(async ({ name, file }) => ({
      path: join(output, `${name || "layer"}${ending}`),
      text: await convertCase(file, (record) => text(alone(record))),
    })),
  );
  await writeFiles(Object.fromEntries(written.map(({ path, text }) => [path, text])));
  const records = layers.map(({ name }, i) => ({ ...(name !== "" && { layer: name }), file: written[i]!.path }));
  printData(print, {
    document: () => records,
    lines: () => records,
    text: () => written.map(({ path }) => `${next(path)}\n`).join(""),
  });
}

/** @throws LoopnestError `unsupported` for a layer that shares loops with others. */
function alone(record: Case): Case {
  if (record.held === undefined) return record;
  throw new LoopnestError({
    ...{
      code: "unsupported",
      path: "held",
      problem: "the layer shares loops with others, and hands on what it makes on chip",
    },
    fix: "export a layer that runs by itself (--layer)",
  });
}

/** The layers asked for: by the names of their files in the run folder, with or without the number in front. */
function named(layers: readonly CaseFile[], names: readonly string[]): readonly CaseFile[] {
  if (names.length === 0) return layers;
  return names.map((name) => {
    const found = layers.find((layer) => layer.name === name || layer.name.replace(/^\d+-/, "") === name);
    if (found !== undefined) return found;
    throw new LoopnestError({
      code: "input",
      path: "--layer",
      problem: `there is no layer ${name}`,
      fix: `use one of ${layers.map((layer) => layer.name).join(", ")}`,
      got: name,
    });
  });
}
