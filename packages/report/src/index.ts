export { levelColor, paletteCss, tensorStrength } from "./charts/palette.js";
export type {
  ComparedRun,
  Comparison,
  NetworkComparison,
  OverallRow,
  Reference,
  Row,
} from "./comparison/comparison.js";
export { comparisonMarkdown } from "./comparison/comparison-markdown.js";
export { comparisonTable } from "./comparison/comparison-table.js";
export type { AdaptedSize } from "./explain/adapted-size.js";
export { mappingText } from "./explain/mapping-text.js";
export { type ExplainedLayer, type NetworkExplanation, networkText } from "./explain/network-text.js";
export { changeText, rejectionText } from "./explain/rejection-text.js";
export { designFigures, type MappedLayer, tensorFigures } from "./figures/design-figures.js";
export { type Elasticity, elasticities } from "./figures/elasticities.js";
export type {
  DesignFigures,
  LayerFigures,
  MovementFigures,
  NetworkFigures,
  NetworkTotals,
  Shares,
  TensorFigures,
} from "./figures/figures.js";
export { type FusedDesign, fusionFigures } from "./figures/fusion-figures.js";
export { layersCsv } from "./figures/layers-csv.js";
export { movementFigures } from "./figures/movement-figures.js";
export { type MovementRow, movementRows } from "./figures/movement-rows.js";
export { networkTotals } from "./figures/network-totals.js";
export { type Rates, rates } from "./figures/rates.js";
export { type Roofline, type RooflinePoint, roofAt, roofline } from "./figures/roofline.js";
export type { FusionCost, RunEdge, RunFusion, RunSegment } from "./figures/run-fusion.js";
export {
  type FoundSearch,
  type FrontDesign,
  type FrontResult,
  type FrontSearch,
  foundSearches,
} from "./front/front.js";
export { frontTable, searchLine } from "./front/front-table.js";
export { kneeOf } from "./front/knee.js";
export { fusionLines } from "./fusion/fusion-lines.js";
export { loopLine } from "./nests/loop-line.js";
export { loopNestLines, type TileWords } from "./nests/loop-nest-text.js";
export { duration, percent, quantity, thousands, times, whole } from "./numbers/number-format.js";
export { geometricMean, median, type Spread, spread } from "./numbers/statistics.js";
export { type Assumption, assumptions } from "./run/assumptions.js";
export { networkLines } from "./run/network-rows.js";
export type { NextSteps, RunWithin } from "./run/next-steps.js";
export { proofSpace } from "./run/proof-space.js";
export { ranWorkload } from "./run/ran-workload.js";
export { objectiveTitle, type RunObjective } from "./run/run-objective.js";
export type { LearnedFigures, RunInput, RunResult } from "./run/run-result.js";
export type { RunView } from "./run/run-view.js";
export type { FusionSlope } from "./slope/slope.js";
export { slopeText } from "./slope/slope-text.js";
export { type CsvValue, csv } from "./tables/csv.js";
export { htmlTable } from "./tables/html-table.js";
export { markdownTable } from "./tables/markdown-table.js";
export { plainTable } from "./tables/plain-table.js";
export { type Cell, type Column, numbers, type Table } from "./tables/table.js";
export { elasticityLines, latencyBy } from "./terminal/elasticity-lines.js";
export { barText, layerBars } from "./terminal/layer-bars.js";
export { resultTable, title, totalsLines, unmodelledText } from "./terminal/result-table.js";
export { fileName } from "./text/file-name.js";
export { csvCell, escapeHtml, escapeMarkdown, escapeXml, terminalText } from "./text/media.js";
export { shortened } from "./text/shortened.js";
export { plainStyle, type TextStyle } from "./text/text-style.js";
export { layerKind } from "./tune/layer-kind.js";
export type {
  TunedDesign,
  TunedKind,
  TunedPoint,
  TunedRound,
  TunedTotals,
  Tuning,
  TuningWay,
} from "./tune/tuning.js";
export { tuningTable } from "./tune/tuning-table.js";
