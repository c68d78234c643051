import type { ChartDocument } from "../charts/chart.js";
import { runCharts } from "../charts/charts-of.js";
import type { NetworkTotals } from "../figures/figures.js";
import type { Rates } from "../figures/rates.js";
import { edgeTable, fusionSummary, isFused, segmentTable, totalsTable } from "../fusion/fusion-tables.js";
import { occupancyChart } from "../fusion/occupancy-chart.js";
import { duration, percent, quantity, whole } from "../numbers/number-format.js";
import { assumptions } from "../run/assumptions.js";
import { networkRows } from "../run/network-rows.js";
import { proofSpace } from "../run/proof-space.js";
import type { RunResult } from "../run/run-result.js";
import type { RunView } from "../run/run-view.js";
import { htmlTable } from "../tables/html-table.js";
import type { Column, Table } from "../tables/table.js";
import { nextRows } from "../terminal/next-lines.js";
import { gainText } from "../terminal/result-table.js";
import { escapeHtml } from "../text/media.js";
import { contents, figure } from "./figure.js";
import { hardwareTable } from "./hardware-table.js";
import { layerDetails, layerTable } from "./layer-details.js";

/** Words under the heading of a chart: how to read it. */
const NOTES: Readonly<Record<string, string>> = {
  edp: "EDP is the product of energy and latency: a layer's share is the mean of its shares of the two.",
  energy: "Colours are levels, shades are tensors; the pieces of a bar stand in the order of the key.",
  latency:
    "A layer takes as long as what is busiest: the level whose accesses take longest, or the MAC units (compute). " +
    "Its colour says which.",
  roofline:
    "The line is what the MAC units and the outermost level's bandwidth allow: no layer can be above it. Larger " +
    "dots take more " +
    "of the network's time, colours are what sets it. Layers far below the line wait for something inside the chip.",
  convergence: "Best value after so many evaluations of the whole network; a dot is an improvement.",
  elasticities:
    "By how many per cent EDP changes when a size, an energy or a bandwidth grows by 1 %, all mappings as they " +
    "are (derivatives of " +
    "the model's smooth extension). With other mappings, more capacity may gain what it does not gain here.",
};

/** All that a page says of one run. */
export function runSection(run: RunView, id: string, document: ChartDocument): string {
  const { result } = run;
  const { method, counts, seed, samples, seconds, status, unmodelled = [] } = result;
  const ended = status === "interrupted" ? "; interrupted: the best so far" : "";
  const networks = networkTable(result);
  const next = nextRows(result);
  const charts = runCharts(run);
  const parts: Part[] = [
    ...(networks === null ? [] : [{ name: "networks", title: "Networks", body: networks }]),
    {
      name: "hardware",
      title: "Hardware",
      body:
        `${tiles(Object.entries(result.hardware).map(([name, size]) => [name, whole(size)]))}\n` +
        `${hardwareTable(run)}`,
    },
    ...(next.length > 0
      ? [
          {
            ...{ name: "next", title: "What less area costs" },
            note: "Smallest designs by a short search, not proven, unless they were asked for.",
            body: tiles(next),
          },
        ]
      : []),
    ...charts.map((chart) => ({
      ...{
        name: chart.name,
        title: chart.title,
        note: NOTES[chart.name],
        body: figure(chart, `${id}-${chart.name}`, document),
      },
    })),
    ...fusionParts(result, id, document),
    {
      name: "layers",
      title: "Layers",
      body: layerTable(run, id),
      note: "Loop nests: outermost loop first; K16x unrolls K over 16 columns, K16y over rows.",
    },
    {
      name: "nests",
      title: "Loop nests and tiles",
      body: layerDetails(run, id, document),
      note: "Every level with the words of the tiles that one of its instances holds inside the loops above it.",
    },
    ...(unmodelled.length > 0
      ? [
          {
            name: "not-modelled",
            title: "Not modelled, and so missing in the figures",
            body: unmodelledTable(unmodelled),
          },
        ]
      : []),
    {
      name: "assumptions",
      title: "What is counted, and what is not",
      body: `<dl class="notes">${assumptions(result, run.architecture)
        .map(({ about, text }) => `<dt>${escapeHtml(about)}</dt><dd>${escapeHtml(text)}</dd>`)
        .join("")}</dl>`,
    },
    { name: "reproduce", title: "How to reproduce it", body: `<p>${escapeHtml(reproduction(result))}</p>` },
  ];
  const spent = `${whole(samples)} samples in ${duration(seconds)}${ended}`;
  return `<p>${escapeHtml(method)}, counts ${counts}, seed ${seed}, ${spent}</p>
${contents(parts.map(({ name, title }) => [`${id}-to-${name}`, title]))}
${tiles(totalsOf(result))}${provenText(result)}
${parts.map((part) => partText(part, id)).join("\n")}`;
}

/** What stays on chip between layers, of a run that was searched with fusion. */
function fusionParts(result: RunResult, id: string, document: ChartDocument): Part[] {
  if (!isFused(result)) return [];
  const table = ({ columns, rows }: Table) => htmlTable(columns, rows);
  const { segments } = result.fusion;
  const charts = segments.map((segment, s) => {
    const chart = occupancyChart(segment, result, s);
    return `<h4>${escapeHtml(chart.title)}</h4>\n${figure(chart, `${id}-${chart.name}`, document)}`;
  });
  const held = segments.length === 0 ? "" : `${table(segmentTable(result))}\n${charts.join("\n")}`;
  return [
    {
      ...{ name: "fusion", title: "What stays on chip between layers" },
      note:
        "Layers of a segment run in turn under shared loops; what one hands the next never leaves the chip. The " +
        "dashed line is the capacity of the level that holds it.",
      body: `<p>${escapeHtml(fusionSummary(result))}</p>\n${table(totalsTable(result))}\n${held}`,
    },
    { name: "edges", title: "Edges, fused or why not", body: table(edgeTable(result)) },
  ];
}

/** A part of the page, under a heading. */
interface Part {
  readonly name: string;
  readonly title: string;
  readonly note?: string | undefined;
  readonly body: string;
}

function partText({ name, title, note, body }: Part, id: string): string {
  const said = note === undefined ? "" : `<p class="quiet">${escapeHtml(note)}</p>\n`;
  return `<h3 id="${id}-to-${name}">${escapeHtml(title)}</h3>\n${said}${body}`;
}

/** Totals by name, with their units. */
export function totalsOf({
  totals,
  rates,
  objective,
  value,
  lowerBound,
  learned,
}: RunResult): (readonly [name: string, value: string])[] {
  return [
    ["EDP, uJ x cycles", quantity(totals.edp)],
    ["energy, uJ", quantity(totals.energyUj)],
    ["latency, cycles", quantity(totals.latencyCycles)],
    ["area, mm2", totals.areaMm2 > 0 ? quantity(totals.areaMm2) : "unknown"],
    ...(objective.name === "edap" ? [["EDAP, uJ x cycles x mm2", quantity(value)] as const] : []),
    ["MACs used", percent(totals.utilization)],
    ...(rates === undefined ? [] : rateTiles(rates)),
    ...(lowerBound !== undefined && lowerBound > 0 ? [["proof", gainText(value / lowerBound - 1)] as const] : []),
    ...movementTotals(totals),
    ...learnedTotals(learned),
  ];
}

/** The space of which the run's bound is proven; nothing if it has none. */
function provenText(result: RunResult): string {
  if (!((result.lowerBound ?? 0) > 0)) return "";
  return `\n<p class="quiet">Proven of: ${escapeHtml(proofSpace(result))}.</p>`;
}

/** Figures at the clock of the target. */
function rateTiles(rates: Rates): [string, string][] {
  return [
    [`latency, ms at ${quantity(rates.clockMhz)} MHz`, quantity(rates.latencyMs)],
    ["runs of the network a second", quantity(rates.runsPerSecond)],
    ["GOPS", quantity(rates.gops)],
    ["power, W", quantity(rates.powerW)],
    ["TOPS/W", quantity(rates.topsPerWatt)],
    ["off chip, GB/s", quantity(rates.outermostGBPerSecond)],
  ];
}

/** What the learned model says that was searched with. */
function learnedTotals(learned: RunResult["learned"]): [string, string][] {
  if (learned === undefined) return [];
  const { model, edp, latencyCycles, energyUj } = learned;
  return [
    [`EDP by ${model}, uJ x cycles`, quantity(edp)],
    [`latency by ${model}, cycles`, quantity(latencyCycles)],
    ...(energyUj === undefined ? [] : [[`energy by ${model}, uJ`, quantity(energyUj)] as [string, string]]),
  ];
}

/** What the operators that are no layers add to the totals. */
function movementTotals({ dataMovement }: NetworkTotals): (readonly [name: string, value: string])[] {
  if (dataMovement === undefined) return [];
  const { energyUj, latencyCycles } = dataMovement;
  return [
    ["of it data movement, uJ", quantity(energyUj)],
    ["of it data movement, cycles", quantity(latencyCycles)],
  ];
}

function tiles(pairs: readonly (readonly [name: string, value: string])[]): string {
  return `<dl>${pairs
    .map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join("")}</dl>`;
}

/** Operators that no figure holds, or only in part. */
function unmodelledTable(operators: NonNullable<RunResult["unmodelled"]>): string {
  const columns: readonly Column[] = [
    { title: "operator" },
    { title: "count", align: "right" },
    { title: "counted as" },
    { title: "why" },
  ];
  const rows = operators.map(({ operator, count, countedAs, reason }) => [operator, whole(count), countedAs, reason]);
  return htmlTable(columns, rows);
}

/** Each of several networks by itself. */
function networkTable(result: RunResult): string | null {
  const networks = networkRows(result);
  if (networks === null) return null;
  const note =
    "Each by itself: one run of it, on this hardware with these mappings. The whole is the sum over all runs.";
  return `<p class="quiet">${note}</p>\n${htmlTable(networks.columns, networks.rows)}`;
}

function reproduction({ inputs, versions, options, fixed, startedAt }: RunResult): string {
  const list = (record: object) =>
    Object.entries(record)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const hashes = Object.entries(inputs).map(([what, { name, sha256 }]) => `${what} ${name} (${sha256.slice(0, 12)})`);
  const given = Object.keys(fixed).length > 0 ? `; fixed: ${list(fixed)}` : "";
  return (
    `loopnest ${versions.loopnest}, started ${startedAt}. Inputs by SHA-256: ${hashes.join(", ")}. Options: ` +
    `${list(options)}${given}. ` +
    "All of it stands in result.json and inputs.json; loopnest evaluate --run with the run's folder works every " +
    "figure out anew."
  );
}
