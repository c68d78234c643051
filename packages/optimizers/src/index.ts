export type { DescentOptions } from "./descent/descent.js";
export { descent } from "./descent/descent.js";
export type { OrderStrategy } from "./descent/gradient-descent.js";
export type { DescentTuning } from "./descent/tuning.js";
export { defaultTuning } from "./descent/tuning.js";
export type { ExactOptions } from "./exact/exact.js";
export { exact } from "./exact/exact.js";
export { adaptMappings } from "./mapper/adapt-mappings.js";
export type { PartRunner, SearchMethod, SearchOptions } from "./method.js";
export { combine, runInTurn, runSearch } from "./method.js";
export type { Objective, ObjectiveName, Totals } from "./objective.js";
export { keepsLimits, objectiveNames, objectiveUnit, objectiveValue } from "./objective.js";
export type {
  ConvergencePoint,
  Design,
  LayerResult,
  Progress,
  SearchHooks,
  SearchResult,
  SearchTask,
} from "./task.js";
