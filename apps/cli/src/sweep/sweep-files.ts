/** Files of a sweep's folder. */
export const SWEEP_FILES = {
  /** What the sweep is; written last of what begins it. */
  sweep: "sweep.json",
  /** A line per point: its key, and the search behind it. */
  manifest: "manifest.jsonl",
  /** A line per answer, in the order in which they came. */
  journal: "journal.jsonl",
  /** How it goes, for `loopnest sweep status`. */
  progress: "progress.json",
  jsonLines: "results.jsonl",
  csv: "results.csv",
  parquet: "results.parquet",
  page: "sweep.html",
  /** Two answers of one search, if there ever are. */
  alarm: "alarm.json",
} as const;

/** Inputs by the SHA-256 of their content. */
export const INPUTS_FOLDER = "inputs";

/** Whole run folders, if they are kept. */
const RUNS_FOLDER = "runs";

/** Whether a name at the top of a sweep's folder is made by us. */
export function isSweepFile(name: string): boolean {
  return (Object.values(SWEEP_FILES) as readonly string[]).includes(name);
}

/** The run folder of a point. */
export function runFolder(number: number): string {
  return `${RUNS_FOLDER}/${String(number).padStart(6, "0")}`;
}
