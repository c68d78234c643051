import type { CircleReport } from "./circle.js";
import type { Outcome } from "./design.js";

/** The report of one circle, as Markdown. */
export function reportText({ experiment, tiler, tilerOnFound, analytical, rounds, learned }: CircleReport): string {
  const { workload, peDim } = experiment;
  const rows = [
    row("default tiler, hardware as built", tiler),
    row("default tiler, hardware that the learned search found", tilerOnFound),
    row(`search with the analytical model${seeds(analytical)}`, middle(analytical)),
    ...rounds.map((one, i) => row(`search with the learned model, round ${i + 1} (${one.samples} samples)`, one)),
    row(`search with the last learned model${seeds(learned)}`, middle(learned)),
  ];
  const best = middle(learned).measuredEdp;
  return [
    `## ${workload.description}, ${peDim} x ${peDim}`,
    "",
    "| | hardware | energy, uJ | predicted cycles | measured cycles | measured EDP | error per layer | rank correlation |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
    `Measured EDP against the default tiler: ${ratio(tiler.measuredEdp, best)}; against search with the analytical model alone: ${ratio(middle(analytical).measuredEdp, best)}.`,
    `Range over seeds of the searches' measured EDP: analytical ${range(analytical)}, learned ${range(learned)}.`,
    "",
  ].join("\n");
}

function row(name: string, one: Outcome): string {
  const { scratchpadKb, accumulatorKb } = one.hardware;
  const cells = [
    `${scratchpadKb} + ${accumulatorKb} KB`,
    one.energyUj.toFixed(0),
    whole(one.predictedCycles),
    whole(one.measuredCycles),
    one.measuredEdp.toExponential(3).replace("e+", "e"),
    `${(100 * (Math.exp(one.meanLogError) - 1)).toFixed(0)} %`,
    one.rankCorrelation.toFixed(3),
  ];
  return `| ${name} | ${cells.join(" | ")} |`;
}

/** The outcome with the median EDP. */
function middle(outcomes: readonly Outcome[]): Outcome {
  const sorted = [...outcomes].sort((a, b) => a.measuredEdp - b.measuredEdp);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

function seeds(outcomes: readonly Outcome[]): string {
  return outcomes.length > 1 ? `, median of ${outcomes.length} seeds` : "";
}

function range(outcomes: readonly Outcome[]): string {
  const all = outcomes.map(({ measuredEdp }) => measuredEdp);
  const text = (value: number) => value.toExponential(2).replace("e+", "e");
  return `${text(Math.min(...all))} to ${text(Math.max(...all))}`;
}

function ratio(over: number, under: number): string {
  return `${(over / under).toFixed(2)} x better`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
