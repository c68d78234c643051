export { type BoundedSearch, boundsChart } from "./charts/bounds-chart.js";
export type { Chart, ChartDocument, LegendEntry } from "./charts/chart.js";
export { chartFile } from "./charts/chart-file.js";
export { comparisonCharts, layerCharts, runCharts } from "./charts/charts-of.js";
export { comparisonChart } from "./charts/comparison-chart.js";
export { convergenceChart } from "./charts/convergence-chart.js";
export { edpChart } from "./charts/edp-chart.js";
export { elasticityChart } from "./charts/elasticity-chart.js";
export { energyChart } from "./charts/energy-chart.js";
export { latencyChart } from "./charts/latency-chart.js";
export { levelEnergyChart } from "./charts/level-energy-chart.js";
export { type Prediction, type PredictionGroup, predictionChart } from "./charts/prediction-chart.js";
export { rooflineChart } from "./charts/roofline-chart.js";
export { tilesChart } from "./charts/tiles-chart.js";
export { comparisonPage } from "./comparison/comparison-page.js";
export { convergenceBandsChart } from "./comparison/convergence-bands-chart.js";
export { finalValuesChart } from "./comparison/final-values-chart.js";
export { frontChart } from "./front/front-chart.js";
export { frontPage, SEARCHES_FOLDER } from "./front/front-page.js";
export { occupancyChart } from "./fusion/occupancy-chart.js";
export { htmlPage } from "./pages/html-page.js";
export { reportPage } from "./pages/report-page.js";
export { slopeChart } from "./slope/slope-chart.js";
export { slopePage } from "./slope/slope-page.js";
export {
  SWEEP_FIGURES,
  SWEEP_PAIRS,
  type SweepDesign,
  type SweepFigure,
  type SweepFront,
  type SweepGroup,
  type SweepSummary,
} from "./sweep/sweep-design.js";
export { sweepPage } from "./sweep/sweep-page.js";
export { tuningPage } from "./tune/tuning-page.js";
