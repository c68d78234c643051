import { spearman } from "@loopnest/model-learned";
import type { CircleReport, Round } from "./circle.js";
import { geometricMean, median } from "./middle.js";
import type { TunedDesign, TunedPoint } from "./tuning.js";

/** The report of circles, as Markdown. */
export function reportText(reports: readonly CircleReport[]): string {
  return ["# The circle", "", ...reports.flatMap((report) => section(report))].join("\n");
}

function section({ settings, rounds }: CircleReport): string[] {
  const { peDim, seeds, built } = settings;
  const all = rounds.map(({ tuning }) => tuning.measurements.made);
  return [
    `## ${peDim} x ${peDim}`,
    "",
    `Measured EDP, uJ x cycles, sizes and mappings searched; medians over seeds ${seeds.join(", ")}. ` +
      "In brackets how many " +
      `times better than the default tiler on the machine as built (${built.scratchpadKb} KB of scratchpad, ` +
      `${built.accumulatorKb} KB of accumulator). The first learned search knows samples of other networks' layers, ` +
      "and the analytical search's and the tiler's mappings of its own.",
    "",
    ...table(rounds),
    "",
    `Measurements: ${all.reduce((sum, one) => sum + one, 0) / seeds.length} a seed, all networks together, on average.`,
    "",
    "Predicted against measured cycles of what searches found:",
    "",
    "| predicted by | layers | median error | measured / predicted | rank correlation |",
    "|---|---|---|---|---|",
    ...predictions(rounds),
    "",
  ];
}

/** Least measured EDP of the designs that count. */
type Column = readonly [name: string, counts: (design: TunedDesign) => boolean];

const COLUMNS: readonly Column[] = [
  ["search, analytical model", ({ way }) => way === "analytical"],
  ["first search, learned model", ({ way, round }) => round === 1 && way === "learned"],
  ["best of tuning", ({ way }) => way !== "tiler"],
];

function table(rounds: readonly Round[]): string[] {
  const networks = [...new Set(rounds.map(({ network }) => network))];
  const least = ({ tuning }: Round, counts: Column[1]) =>
    Math.min(...tuning.designs.flatMap((one) => (counts(one) && one.measured !== null ? [one.measured.edp] : [])));
  const ofNetwork = (network: Round["network"]) => rounds.filter((one) => one.network === network);
  const gain = (own: readonly Round[], counts: Column[1]) =>
    median(own.map((one) => one.tiler.edp / least(one, counts)));
  return [
    `| | measurements | default tiler | ${COLUMNS.map(([name]) => name).join(" | ")} |`,
    `|---|---|---|${COLUMNS.map(() => "---").join("|")}|`,
    ...networks.map((network) => {
      const own = ofNetwork(network);
      const cells = COLUMNS.map(([, counts]) => {
        const edp = median(own.map((one) => least(one, counts)));
        return `${exponential(edp)} (${gain(own, counts).toFixed(2)})`;
      });
      const made = median(own.map(({ tuning }) => tuning.measurements.made));
      return `| ${network.name} | ${made} | ${exponential(own[0]!.tiler.edp)} | ${cells.join(" | ")} |`;
    }),
    `| geometric mean | | | ${COLUMNS.map(
      ([, counts]) => `(${geometricMean(networks.map((network) => gain(ofNetwork(network), counts))).toFixed(2)})`,
    ).join(" | ")} |`,
  ];
}

function predictions(rounds: readonly Round[]): string[] {
  const found = rounds.flatMap(({ tuning }) => tuning.points.filter((point) => point.found && point.round > 0));
  const first = found.filter(({ round }) => round === 1);
  const later = found.filter(({ round }) => round > 1);
  return [
    row("analytical model", found, ({ analyticalCycles }) => analyticalCycles),
    row("first learned model", first, ({ predictedCycles }) => predictedCycles),
    row("later learned models", later, ({ predictedCycles }) => predictedCycles),
  ];
}

function row(name: string, points: readonly TunedPoint[], of: (point: TunedPoint) => number): string {
  if (points.length < 2) return `| ${name} | ${points.length} | | | |`;
  const measured = points.map(({ measuredCycles }) => measuredCycles);
  const errors = points.map((point) => Math.abs(of(point) / point.measuredCycles - 1));
  const ratios = points.map((point) => point.measuredCycles / of(point));
  const rank = spearman(points.map(of), measured);
  const cells = [`${(100 * median(errors)).toFixed(1)} %`, median(ratios).toFixed(3), rank.toFixed(3)];
  return `| ${name} | ${points.length} | ${cells.join(" | ")} |`;
}

function exponential(value: number): string {
  return value.toExponential(2).replace("e+", "e");
}
