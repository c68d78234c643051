import type { CrossValidation, LearningPoint, Metrics, SparseRegion } from "@loopnest/model-learned";
import { percent, plainTable, quantity, whole } from "@loopnest/report";

const LABELS = { analytical: "analytical model", learned: "network alone", both: "both" } as const;

/** Metrics of the three predictors, over all samples and as mean and deviation over folds. */
export function predictorsTable({ predictors }: CrossValidation): string {
  const spread = (mean: number, deviation: number, format: (value: number) => string) =>
    `${format(mean)} +- ${format(deviation)}`;
  const rows = (["analytical", "learned", "both"] as const).map((name) => {
    const { pooled, mean, spread: deviation } = predictors[name];
    const cell = (key: keyof Metrics, format: (value: number) => string) =>
      `${format(pooled[key])} (${spread(mean[key], deviation[key], format)})`;
    return [
      LABELS[name],
      cell("spearman", rank),
      cell("medianRelativeError", percent),
      cell("meanAbsLogError", (value) => value.toFixed(3)),
      cell("within10", percent),
      cell("within25", percent),
    ];
  });
  return plainTable(
    [
      { title: "on unseen layer shapes" },
      { title: "rank correlation", align: "right" },
      { title: "median error", align: "right" },
      { title: "mean |log error|", align: "right" },
      { title: "within 10 %", align: "right" },
      { title: "within 25 %", align: "right" },
    ],
    rows,
  );
}

/** A rank correlation; of a single value there is none. */
function rank(value: number): string {
  return Number.isNaN(value) ? "none" : value.toFixed(3);
}

/** What more samples bring. */
export function learningCurveTable(points: readonly LearningPoint[]): string {
  return plainTable(
    [
      { title: "trained on", align: "right" },
      { title: "rank correlation", align: "right" },
      { title: "median error", align: "right" },
      { title: "within 25 %", align: "right" },
    ],
    points.map(({ trainedOn, spearman, medianRelativeError, within25 }) => [
      whole(trainedOn),
      rank(spearman),
      percent(medianRelativeError),
      percent(within25),
    ]),
  );
}

/** Names of the axes along which samples may be sparse, for people. */
const AXES: Readonly<Record<string, string>> = { calls: "tiles in all", rows: "rows of the array" };

/** Regions of the mapspace that lack samples, one line each. */
export function sparseRegionLines(regions: readonly SparseRegion[]): string[] {
  return regions.map(({ axis, from, to, mapspaceShare, sampleShare }) => {
    const what = AXES[axis] ?? axis.replace(/^tilesOf/, "tiles of ").replace(/^tile(?=[A-Z])/, "tile of ");
    return (
      `${what} from ${quantity(from)} to ${quantity(to)}: ${percent(mapspaceShare)} of the mapspace, ` +
      `${percent(sampleShare)} of the samples`
    );
  });
}
