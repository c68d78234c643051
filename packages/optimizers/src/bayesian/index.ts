export type { BayesianOptions } from "./bayesian.js";
export { bayesian } from "./bayesian.js";
export { bayesianDosa } from "./bayesian-dosa.js";
