import { fileName } from "@loopnest/report";

/** Files of a run folder. Those of the layers are named by `layerFile`. */
export const RUN_FILES = {
  /** Written last: a folder without it is no finished run. */
  result: "result.json",
  /** Workload, target and energy table as used. */
  inputs: "inputs.json",
  convergence: "convergence.csv",
  /** A row per layer with all its figures. */
  layers: "layers.csv",
  report: "report.html",
  /** SHA-256 of all other files, as `sha256sum -c` reads it. */
  checksums: "SHA256SUMS",
  /** What a search that has not ended is about; taken away when it ends. */
  plan: "plan.json",
} as const;

/** Whether a name at the top of a run folder is made by us. */
export function isRunFile(name: string): boolean {
  return (Object.values(RUN_FILES) as readonly string[]).includes(name);
}

/** Results of the finished parts of a search that has not ended. */
export const PARTS_FOLDER = "parts";

/** Where a part's result is kept: `parts/03.json`; parts count from 0, files from 1. */
export function partFile(part: number): string {
  return `${PARTS_FOLDER}/${String(part + 1).padStart(2, "0")}.json`;
}

/** Whether a name in that folder is one of a part's file. */
export function isPartFile(name: string): boolean {
  return /^\d{2,}\.json$/.test(name);
}

export const LAYERS_FOLDER = "layers";

/** Where a layer's case is kept: `layers/03-conv2.yaml`. */
export function layerFile(index: number, layers: number, name: string): string {
  const number = String(index + 1).padStart(Math.max(2, String(layers).length), "0");
  return `${LAYERS_FOLDER}/${number}-${fileName(name)}.yaml`;
}

/** Whether a name in that folder is one of a layer's file. */
export function isLayerFile(name: string): boolean {
  return /^\d{2,}-[\w.-]*\.yaml$/.test(name);
}
