import { builtInTarget } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { LEARNED_COUNTS } from "../input/learned-counts.js";
import { isOwn, modelInput, savedModelOf, withModel } from "../input/model-input.js";
import { targetInput } from "../input/target-input.js";
import type { Finding } from "./finding.js";
import { modelFindings } from "./model-findings.js";

/** Looked at unless a target is named, or the model is one of another. */
const DEFAULT_TARGET = "gemmini";

/**
 * What is found of a model.
 *
 * @param given Name or file of a learned model, or a module. @param target Name or file; the model's own unless given.
 * @throws LoopnestError `input` if there is no such model, or it is one of another target.
 */
export async function doctorModel(given: string, target: string | undefined): Promise<Finding[]> {
  const data = await modelInput(given);
  const own = isOwn(data) ? DEFAULT_TARGET : (await savedModelOf(data)).target;
  const chosen = target === undefined ? builtInTarget(own) : await targetInput(target);
  const base = analyticalModel(chosen, { counts: LEARNED_COUNTS });
  return modelFindings(await withModel(base, data), base);
}
