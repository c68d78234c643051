import { stat } from "node:fs/promises";
import { LoopnestError, type PerformanceModel, unknownName } from "@loopnest/mapspace";
import {
  type LearnedModel,
  type LearnedModelOptions,
  learnedModel,
  readModel,
  type SavedModel,
} from "@loopnest/model-learned";
import { displayName, readText } from "../files/read-text.js";
import { modelNames } from "./model-names.js";

/** A learned model as plain data: the name of a built-in one, or the content of a file. */
export type LearnedModelData = string | Readonly<Record<string, unknown>>;

/**
 * Reads a model by name or from a file.
 *
 * @throws LoopnestError `input` for an unknown name, or a file that cannot be read, is damaged, or is no model.
 */
export async function modelInput(given: string): Promise<LearnedModelData> {
  if ((modelNames as readonly string[]).includes(given)) return given;
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

/** The model itself. */
export async function savedModelOf(data: LearnedModelData): Promise<SavedModel> {
  if (typeof data !== "string") return readModel(JSON.stringify(data));
  const { gemminiRtl } = await import("@loopnest/model-learned/gemmini-rtl");
  return gemminiRtl();
}

/** A performance model with a learned one around it. */
export async function withModel(
  base: PerformanceModel,
  data: LearnedModelData,
  options?: LearnedModelOptions,
): Promise<LearnedModel> {
  return learnedModel(base, await savedModelOf(data), options);
}
