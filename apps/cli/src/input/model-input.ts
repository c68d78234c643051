import { stat } from "node:fs/promises";
import { LoopnestError, type PerformanceModel, unknownName } from "@loopnest/mapspace";
import { type LearnedModelOptions, learnedModel, readModel, type SavedModel } from "@loopnest/model-learned";
import { displayName, readText } from "../files/read-text.js";
import { isModuleName, modelNames } from "./model-names.js";
import { allowModule, type ModuleModelData, moduleModel, moduleModelInput } from "./module-model.js";

/**
 * A model as plain data: the name of a built-in learned one, the content of a file of one, or what makes one by code.
 */
export type LearnedModelData = string | Readonly<Record<string, unknown>> | ModuleModelData;

/**
 * Reads a model by name or from a file.
 *
 * @throws LoopnestError `input` for an unknown name, or a file that cannot be read, is damaged, or is no model.
 */
export async function modelInput(given: string): Promise<LearnedModelData> {
  if ((modelNames as readonly string[]).includes(given)) return given;
  if (isModuleName(given)) return moduleModelInput(given);
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
  if (isModule(data)) {
    throw new LoopnestError({
      ...{ code: "input", path: "--model", problem: `${data.file} is code: what is asked for is a learned model` },
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
  if (!isModule(data)) return learnedModel(base, await savedModelOf(data), options);
  if ((options.uncertaintyPenalty ?? 0) === 0) return moduleModel(base, data);
  throw new LoopnestError({
    ...{ code: "input", path: "--uncertainty-penalty", problem: `${data.file} says nothing of its uncertainty` },
    fix: "leave it out",
  });
}

/** Lets the code of a model run, if it is code: its plan was made from a command line. */
export function allowModel(data: LearnedModelData): void {
  if (isModule(data)) allowModule(data);
}

/** Whether a model is made by code. */
export function isModule(data: LearnedModelData): data is ModuleModelData {
  return typeof data !== "string" && data["kind" as keyof typeof data] === "module";
}
