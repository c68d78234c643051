export { evaluate } from "./evaluate.js";
export type { Evaluation, LevelCounts, TensorCounts } from "./evaluate.js";
