import { spearman } from "@loopnest/model-learned";
import { type CircleReport, type Comparison, type Way, ways } from "./circle.js";
import type { LayerOutcome, Outcome } from "./design.js";
import { geometricMean, median } from "./middle.js";

const NAMES: Readonly<Record<Way, string>> = {
  tiler: "default tiler",
  analytical: "search, analytical model",
  learned: "search, first learned model",
  careful: "same, uncertainty penalty 1",
  second: "search, second learned model",
};

/** The report of circles, as Markdown. */
export function reportText(reports: readonly CircleReport[]): string {
  return ["# The circle", "", ...reports.flatMap((report) => section(report))].join("\n");
}

function section({ settings, comparisons, calibrations, samples }: CircleReport): string[] {
  const { peDim, seeds, built } = settings;
  const inPlace = (free: boolean) => comparisons.filter((one) => one.free === free);
  return [
    `## ${peDim} x ${peDim}`,
    "",
    `### Measured EDP, uJ x cycles, with ${built.scratchpadKb} KB of scratchpad and ${built.accumulatorKb} KB ` +
      "of accumulator",
    "",
    `Median of ${seeds.length} seeds; in brackets how many times better than the default tiler, and than search ` +
      "with the analytical model.",
    "",
    ...table(inPlace(false)),
    "",
    "### Measured EDP, buffer sizes searched, too",
    "",
    "The default tiler runs on the sizes that the search with the second learned model found.",
    "",
    ...table(inPlace(true)),
    "",
    "Sizes and mappings together, against the default tiler on the machine as built (geometric mean): " +
      `${together(comparisons)}.`,
    "",
    "### Predicted against measured cycles of the mappings found",
    "",
    "| found by | layers | median error, analytical | measured / analytical | rank correlation | median error, " +
      "learned | measured / learned | rank correlation |",
    "|---|---|---|---|---|---|---|---|",
    ...ways.map((way) => predictions(way, comparisons)),
    "",
    ...calibrations.flatMap((text, i) => [
      `### Calibration ${i + 1}: ${samples[i]} samples`,
      "",
      "```text",
      text.trimEnd(),
      "```",
      "",
    ]),
  ];
}

function table(comparisons: readonly Comparison[]): string[] {
  const networks = [...new Set(comparisons.map(({ network }) => network))];
  const ratio = (own: readonly Comparison[], over: Way, way: Way, of: (one: Outcome) => number) =>
    median(own.map(({ outcomes }) => of(outcomes[over]) / of(outcomes[way])));
  const edp = (one: Outcome) => one.measuredEdp;
  const rows = networks.map((network) => {
    const own = comparisons.filter((one) => one.network === network);
    const cells = ways.map((way) => {
      const value = median(own.map(({ outcomes }) => outcomes[way].measuredEdp));
      return `${exponential(value)}${factors(way, (over) => ratio(own, over, way, edp))}`;
    });
    return `| ${network.name} | ${cells.join(" | ")} |`;
  });
  const mean = (name: string, of: (one: Outcome) => number) => {
    const cells = ways.map((way) =>
      factors(way, (over) =>
        geometricMean(
          networks.map((network) =>
            ratio(
              comparisons.filter((one) => one.network === network),
              over,
              way,
              of,
            ),
          ),
        ),
      ).trim(),
    );
    return `| ${name} | ${cells.join(" | ")} |`;
  };
  return [
    `| | ${ways.map((way) => NAMES[way]).join(" | ")} |`,
    `|---|${ways.map(() => "---").join("|")}|`,
    ...rows,
    mean("geometric mean", edp),
    mean("of that, measured cycles", (one) => one.measuredCycles),
    mean("of that, energy", (one) => one.energyUj),
  ];
}

/**
 * How many times better the designs of the searches with free sizes are than the default tiler on the machine as built.
 */
function together(comparisons: readonly Comparison[]): string {
  const networks = [...new Set(comparisons.map(({ network }) => network))];
  const figures = ways.slice(1).map((way) => {
    const ratios = networks.map((network) => {
      const own = comparisons.filter((one) => one.network === network);
      const [built, free] = [false, true].map((place) => own.filter((one) => one.free === place));
      return median(free!.map(({ outcomes }, i) => built![i]!.outcomes.tiler.measuredEdp / outcomes[way].measuredEdp));
    });
    return `${NAMES[way]} ${geometricMean(ratios).toFixed(2)}`;
  });
  return figures.join(", ");
}

/** How many times better a way is than the default tiler, and than search with the analytical model. */
function factors(way: Way, over: (other: Way) => number): string {
  const against =
    way === "tiler" ? [] : way === "analytical" ? (["tiler"] as const) : (["tiler", "analytical"] as const);
  return against.length === 0 ? "" : ` (${against.map((other) => over(other).toFixed(2)).join(", ")})`;
}

function predictions(way: Way, comparisons: readonly Comparison[]): string {
  const layers = comparisons.flatMap(({ outcomes }) => outcomes[way].layers);
  const cells = (of: (one: LayerOutcome) => number | undefined) => {
    const predicted = layers.map(of);
    if (predicted.some((one) => one === undefined)) return ["", "", ""];
    const ratios = layers.map(({ measuredCycles }, i) => measuredCycles / predicted[i]!);
    const errors = ratios.map((one) => Math.abs(1 / one - 1));
    const rank = spearman(
      predicted as number[],
      layers.map(({ measuredCycles }) => measuredCycles),
    );
    return [`${(100 * median(errors)).toFixed(1)} %`, median(ratios).toFixed(3), rank.toFixed(3)];
  };
  const all = [...cells((one) => one.analyticalCycles), ...cells((one) => one.learnedCycles)];
  return `| ${NAMES[way]} | ${layers.length} | ${all.join(" | ")} |`;
}

function exponential(value: number): string {
  return value.toExponential(2).replace("e+", "e");
}
