import { stat } from "node:fs/promises";
import { LoopnestError, type PerformanceModel, unknownName } from "@loopnest/mapspace";
import { type LearnedModelOptions, learnedModel, readModel, type SavedModel } from "@loopnest/model-learned";
import { displayName, readText } from "../files/read-text.js";
import { isModuleName, modelNames, PROGRAM_PREFIX } from "./model-names.js";
import {
  allowCode,
  type ModuleModelData,
  moduleModel,
  moduleModelInput,
  type ProgramModelData,
  programModelInput,
  programModelOf,
} from "./module-model.js";

/**
 * A model as plain data: the name of a built-in learned one, the content of a file of one, or what makes one by code.
 */
export type LearnedModelData = string | Readonly<Record<string, unknown>> | ModuleModelData | ProgramModelData;

/**
 * Reads a model by name or from a file.
 *
 * @throws LoopnestError `input` for an unknown name, or a file that cannot be read, is damaged, or is no model.
 */
export async function modelInput(given: string): Promise<LearnedModelData> {
  if ((modelNames as readonly string[]).includes(given)) return given;
  if (isModuleName(given)) return moduleModelInput(given);
  if (given.startsWith(PROGRAM_PREFIX)) return programModelInput(given, given.slice(PROGRAM_PREFIX.length));
  const isFile =
    /[\\/]|\.json$/i.test(given) ||
    (await stat(given).then(
      (found) => found.isFile(),
      () => false,
    ));
  if (!isFile) {
    const { data } = unknownName("learned model", given, modelNames, "--model");
    throw new LoopnestError({ ...data, fix: `${data.fix?.replace("?", "")}, or give a file (my-chip.json)` });
  }
  const text = await readText(given);
  readModel(text, { file: displayName(given) });
  return JSON.parse(text) as Record<string, unknown>;
}

/** The learned model itself. @throws LoopnestError `input` for a model that code makes: it has learnt nothing. */
export async function savedModelOf(data: LearnedModelData): Promise<SavedModel> {
  if (isOwn(data)) {
    throw new LoopnestError({
      ...{ code: "input", path: "--model", problem: `${data.name} is code: what is asked for is a learned model` },
      fix: "give a file of loopnest calibrate or loopnest tune",
    });
  }
  if (typeof data !== "string") return readModel(JSON.stringify(data));
  const { gemminiRtl } = await import("@loopnest/model-learned/gemmini-rtl");
  return gemminiRtl();
}

/** A performance model with a learned one around it, or the one that code makes of it. */
export async function withModel(
  base: PerformanceModel,
  data: LearnedModelData,
  options: LearnedModelOptions = {},
): Promise<PerformanceModel> {
  if (!isOwn(data)) return learnedModel(base, await savedModelOf(data), options);
  if ((options.uncertaintyPenalty ?? 0) === 0) {
    return data.kind === "module" ? moduleModel(base, data) : programModelOf(base, data);
  }
  throw new LoopnestError({
    ...{ code: "input", path: "--uncertainty-penalty", problem: `${data.name} says nothing of its uncertainty` },
    fix: "leave it out",
  });
}

/** Lets the code of a model run, if it is code: its plan was made from a command line. */
export function allowModel(data: LearnedModelData): void {
  if (isOwn(data)) allowCode(data);
}

/** Whether a model is made by somebody's code, or a program's answers. */
export function isOwn(data: LearnedModelData): data is ModuleModelData | ProgramModelData {
  return typeof data !== "string" && ["module", "program"].includes(String(data["kind" as keyof typeof data]));
}
