export { keepsLimits, objectiveNames, objectiveUnit, objectiveValue } from "./objective.js";
export type { Objective, ObjectiveName, Totals } from "./objective.js";
export { combine, runSearch } from "./method.js";
export type { SearchMethod, SearchOptions } from "./method.js";
export type {
  ConvergencePoint,
  Design,
  LayerResult,
  Progress,
  SearchHooks,
  SearchResult,
  SearchTask,
} from "./task.js";
