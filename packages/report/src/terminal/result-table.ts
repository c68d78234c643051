import { extraWork, type UnmodelledOperator } from "@loopnest/mapspace";
import type { NetworkTotals } from "../figures/figures.js";
import { movedWords, movementRows } from "../figures/movement-rows.js";
import type { Rates } from "../figures/rates.js";
import { loopLine } from "../nests/loop-line.js";
import { duration, percent, quantity, whole } from "../numbers/number-format.js";
import { networkLines } from "../run/network-rows.js";
import { proofSpace } from "../run/proof-space.js";
import type { RunResult } from "../run/run-result.js";
import { plainTable } from "../tables/plain-table.js";
import type { Column } from "../tables/table.js";
import { numbers } from "../tables/table.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import { wrapped } from "../text/wrapped.js";
import { nextLines } from "./next-lines.js";

const COLUMNS: readonly Column[] = [
  { title: "layer" },
  numbers("count"),
  numbers("EDP"),
  numbers("energy"),
  numbers("latency"),
  { title: "bottleneck" },
  numbers("MACs used"),
  { title: "loop nest, outermost first (x: columns, y: rows)", wraps: true },
];

/** Columns of a terminal from which on there is room for loop nests beside the figures. */
const ROOM_FOR_NESTS = 110;

/** A result for people: hardware and totals, then a row per layer with its share of EDP, energy and latency. */
export function resultTable(result: RunResult, style: TextStyle): string {
  const { bold, dim, columns: width } = style;
  const rows = result.layers.map(({ name, count, share, bottleneck, utilization, mapping }) => [
    name,
    String(count),
    ...[share.edp, share.energy, share.latency].map(percent),
    bottleneck,
    percent(utilization),
    loopLine(mapping),
  ]);
  const outermost = Object.keys(result.layers[0]!.levels)[0]!;
  const moved = movementRows(result).map((row) => [
    ...[row.name, String(row.count), ...[row.share.edp, row.share.energy, row.share.latency].map(percent)],
    ...[outermost, "", movedWords(row)],
  ]);
  const isNarrow = width !== undefined && width < ROOM_FOR_NESTS;
  const shown = isNarrow ? COLUMNS.slice(0, -1) : COLUMNS;
  const cells = [...rows, ...moved].map((row) => row.slice(0, shown.length));
  const [head, ...body] = plainTable(shown, cells, width).split("\n");
  const hint = isNarrow ? ["", dim("loop nests: loopnest show, with the folder of the run")] : [];
  return [
    ...[bold(title(result)), "", ...totalsLines(result, width), ...paddingLines(result), ...networkLines(result)],
    ...["", dim(head!), ...body, ...nextLines(result), ...hint, ""],
  ].join("\n");
}

/** Which layers are padded, and how much more work that is; nothing if none is. */
function paddingLines({ layers }: RunResult): string[] {
  const lines = layers.flatMap(({ name, padded }) => {
    if (padded === undefined) return [];
    const dims = Object.entries(padded).map(([dim, [bound, runAt]]) => `${dim} ${bound} -> ${runAt}`);
    return [`${name}: ${dims.join(", ")}, ${percent(extraWork(padded))} more work`];
  });
  return lines.length === 0 ? [] : ["", "padded", ...lines.map((line) => `  ${line}`)];
}

/** What was searched, how and for how long, in one line. */
export function title({
  inputs,
  method,
  seed,
  samples,
  seconds,
  status,
}: Pick<RunResult, "inputs" | "method" | "seed" | "samples" | "seconds" | "status">): string {
  const ended = status === "interrupted" ? ", interrupted" : "";
  const spent = `${whole(samples)} samples in ${duration(seconds)}${ended}`;
  return terminalText(`${inputs.workload.name} on ${inputs.target.name}: ${method}, seed ${seed}, ${spent}`);
}

/** Hardware and totals, each with its name; in lines of at most so many columns. */
export function totalsLines(result: RunResult, columns?: number): string[] {
  const { hardware, totals, rates, objective, value, unit, lowerBound, learned, unmodelled = [] } = result;
  const { edp, energyUj, latencyCycles, areaMm2, utilization, dataMovement } = totals;
  const lines: [string, string][] = [
    [
      "hardware",
      Object.entries(hardware)
        .map(([name, size]) => `${name} ${size}`)
        .join(", ") || "all sizes fixed",
    ],
    ["EDP", `${quantity(edp)} uJ x cycles`],
    ["energy", `${quantity(energyUj)} uJ`],
    ["latency", `${quantity(latencyCycles)} cycles, ${percent(utilization)} of the MACs used`],
    ["area", areaMm2 > 0 ? `${quantity(areaMm2)} mm2` : "unknown to the energy table"],
  ];
  if (rates !== undefined) lines.push(["at its clock", ratesText(rates)]);
  if (dataMovement !== undefined) lines.push(["data movement", movementText({ ...totals, dataMovement })]);
  if (learned !== undefined) {
    const { model, latencyCycles, edp, energyUj } = learned;
    lines.push([
      model,
      `${energyUj === undefined ? "" : `energy ${quantity(energyUj)} uJ, `}latency ${quantity(latencyCycles)} ` +
        `cycles, EDP ${quantity(edp)} uJ x cycles: what was searched`,
    ]);
  }
  if (objective.name === "edap") lines.push(["EDAP", `${quantity(value)} ${unit}`]);
  if (lowerBound !== undefined && lowerBound > 0) {
    lines.push(["proof", `no design is below ${quantity(lowerBound)} ${unit}: ${gainText(value / lowerBound - 1)}`]);
    lines.push(["proven of", proofSpace(result)]);
  }
  for (const operator of unmodelled) lines.push(["not modelled", unmodelledText(operator)]);
  const width = Math.max(...lines.map(([name]) => name.length));
  const indent = " ".repeat(width + 2);
  return lines.flatMap(([name, text]) => wrapped(terminalText(`${name.padEnd(width)}  ${text}`), columns, indent));
}

/** An operator that no figure holds, or only in part. */
export function unmodelledText({ operator, count, countedAs, reason }: UnmodelledOperator): string {
  const counted =
    countedAs === "data movement" ? "its words are counted, its arithmetic is not" : "nothing of it is counted";
  return `${whole(count)} x ${operator}: ${counted} (${reason})`;
}

/** What is left to gain over a proven bound, which rounding may put above the value. */
export function gainText(gap: number): string {
  return gap < 1e-9 ? "this is the optimum" : `at most ${percent(gap)} to gain`;
}

/** Figures at the clock: time, throughput, power, and what passes to and from the outermost level. */
function ratesText(rates: Rates): string {
  const { clockMhz, latencyMs, runsPerSecond, powerW, gops, topsPerWatt, outermostGBPerSecond } = rates;
  const figures = [
    `${quantity(latencyMs)} ms, ${quantity(runsPerSecond)} runs/s, ${quantity(gops)} GOPS`,
    `${quantity(powerW)} W, ${quantity(topsPerWatt)} TOPS/W, ${quantity(outermostGBPerSecond)} GB/s off chip`,
  ];
  return `${quantity(clockMhz)} MHz: ${figures.join(", ")}`;
}

/** What the operators that are no layers move, and their share of the totals. */
function movementText({ energyUj, latencyCycles, dataMovement: moved }: Required<NetworkTotals>): string {
  const share = (moved.energyUj / energyUj + moved.latencyCycles / latencyCycles) / 2;
  const words = `${quantity(moved.wordsRead)} words read, ${quantity(moved.wordsWritten)} written`;
  return `${percent(share)} of EDP: ${words}`;
}
