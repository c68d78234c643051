export type { Evaluation, LevelCounts, TensorCounts } from "./evaluate.js";
export { evaluate } from "./evaluate.js";
export type { StepMode } from "./step-counter/count-by-steps.js";
export { countBySteps } from "./step-counter/count-by-steps.js";
export type { StepCounts, StepTensorCounts } from "./step-counter/step-counts.js";
