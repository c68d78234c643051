export type { AnnealingOptions } from "./annealing/annealing.js";
export { annealing } from "./annealing/annealing.js";
export type { DescentOptions } from "./descent/descent.js";
export { descent } from "./descent/descent.js";
export type { DescentTuning, OrderStrategy } from "./descent/tuning.js";
export { defaultTuning } from "./descent/tuning.js";
export type { ExactOptions } from "./exact/exact.js";
export { exact } from "./exact/exact.js";
export { fuseNetwork } from "./exact/fusion/fuse-network.js";
export type {
  FusedEdge,
  FusedNetwork,
  FusionTotals,
  NetworkSegment,
  NetworkSingle,
} from "./exact/fusion/fused-network.js";
export type { FusionOptions, FusionProgress } from "./exact/fusion/fusion-options.js";
export type { FusedSegment } from "./exact/fusion/segment-optimum.js";
export type { GeneticOptions } from "./genetic/genetic.js";
export { genetic } from "./genetic/genetic.js";
export { adaptMappings } from "./mapper/adapt-mappings.js";
export type { SmallestHardware } from "./network/smallest-hardware.js";
export { smallestHardware } from "./network/smallest-hardware.js";
export { randomDosa } from "./random-search/random-dosa.js";
export type { RandomSearchOptions } from "./random-search/random-search.js";
export { randomSearch } from "./random-search/random-search.js";
export { combine } from "./search/combine.js";
export type { PartRunner, SearchMethod, SearchOptions } from "./search/method.js";
export type { Limit, Objective, ObjectiveName, Totals } from "./search/objective.js";
export { keepsLimits, limitsOf, objectiveNames, objectiveUnit, objectiveValue } from "./search/objective.js";
export { runInTurn, runSearch } from "./search/run-search.js";
export type {
  ConvergencePoint,
  Design,
  LayerResult,
  Progress,
  SearchHooks,
  SearchResult,
  SearchTask,
  WithinResult,
} from "./search/task.js";
export { smallestWithin, type WithinQuestion } from "./search/within.js";
