import { readModel } from "../saved/model-file.js";
import type { SavedModel } from "../saved/saved-model.js";
import file from "./gemmini-rtl.json";

/**
 * The model of Gemmini's RTL (int8, weight-stationary) for the target `gemmini`, trained on the 1,567 FireSim
 * measurements of the DOSA artifact (ucb-bar/dosa, BSD-2-Clause; the measurements themselves are not part of this
 * package). Its metrics on unseen layer shapes are in `origin.metrics`.
 */
export function gemminiRtl(): SavedModel {
  return readModel(JSON.stringify(file), { file: "gemmini-rtl.json" });
}
