export type { AnnealingOptions } from "./annealing/annealing.js";
export { annealing } from "./annealing/annealing.js";
export type { DescentOptions } from "./descent/descent.js";
export { descent } from "./descent/descent.js";
export type { OrderStrategy } from "./descent/gradient-descent.js";
export type { DescentTuning } from "./descent/tuning.js";
export { defaultTuning } from "./descent/tuning.js";
export type { ExactOptions } from "./exact/exact.js";
export { exact } from "./exact/exact.js";
export type { GeneticOptions } from "./genetic/genetic.js";
export { genetic } from "./genetic/genetic.js";
export { adaptMappings } from "./mapper/adapt-mappings.js";
export type { PartRunner, SearchMethod, SearchOptions } from "./method.js";
export { combine, runInTurn, runSearch } from "./method.js";
export type { Objective, ObjectiveName, Totals } from "./objective.js";
export { keepsLimits, objectiveNames, objectiveUnit, objectiveValue } from "./objective.js";
export { randomDosa } from "./random-search/random-dosa.js";
export type { RandomSearchOptions } from "./random-search/random-search.js";
export { randomSearch } from "./random-search/random-search.js";
export type {
  ConvergencePoint,
  Design,
  LayerResult,
  Progress,
  SearchHooks,
  SearchResult,
  SearchTask,
} from "./task.js";
