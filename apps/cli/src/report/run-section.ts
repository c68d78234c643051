import type { NetworkTotals, RunResult } from "../run-folder/run-result.js";
import { networkRows } from "../search/network-rows.js";
import { duration, percent, quantity, whole } from "../terminal/number-format.js";
import { runCharts } from "./charts-of.js";
import { escapeHtml } from "./escape-html.js";
import { figure, table } from "./figure.js";
import { layerDetails, layerTable } from "./layer-details.js";
import type { RunView } from "./run-view.js";

/** Words under the heading of a chart: how to read it. */
const NOTES: Readonly<Record<string, string>> = {
  edp: "EDP is the product of energy and latency: a layer's share is the mean of its shares of the two.",
  roofline:
    "Larger dots take more of the network's time; the line is what the MAC units and the outermost level's bandwidth allow.",
  elasticities:
    "Derivatives of the model's smooth extension at the found point, all mappings as they are. With other mappings, " +
    "more capacity may gain what it does not gain here.",
};

/** All that a page says of one run. */
export function runSection(run: RunView, id: string): string {
  const { result } = run;
  const { method, seed, samples, seconds, status } = result;
  const ended = status === "interrupted" ? "; interrupted: the best so far" : "";
  const charts = runCharts(run).map(
    (chart) =>
      `<h3>${escapeHtml(chart.title)}</h3>\n${chart.name in NOTES ? `<p class="quiet">${NOTES[chart.name]}</p>\n` : ""}` +
      figure(chart, `${id}-${chart.name}`),
  );
  return `<p>${escapeHtml(method)}, seed ${seed}, ${whole(samples)} samples in ${duration(seconds)}${ended}</p>
${tiles(totalsOf(result))}
${networkTable(result)}<h3>Hardware</h3>
${tiles(Object.entries(result.hardware).map(([name, size]) => [name, whole(size)]))}
${hardwareTable(run)}
${charts.join("\n")}
<h3>Layers</h3>
${layerTable(run)}
<p class="quiet">Loop nests: outermost loop first; <code>K16x</code> unrolls K over 16 columns, <code>K16y</code> over rows.</p>
<h3>Loop nests and tiles</h3>
<p class="quiet">Every level with the words of the tiles that one of its instances holds inside the loops above it.</p>
${layerDetails(run, id)}
<h3>How to reproduce it</h3>
<p>${escapeHtml(reproduction(result))}</p>`;
}

/** Totals by name, with their units. */
export function totalsOf({ totals, objective, value, learned }: RunResult): (readonly [name: string, value: string])[] {
  return [
    ["EDP, uJ x cycles", quantity(totals.edp)],
    ["energy, uJ", quantity(totals.energyUj)],
    ["latency, cycles", quantity(totals.latencyCycles)],
    ["area, mm2", totals.areaMm2 > 0 ? quantity(totals.areaMm2) : "unknown"],
    ...(objective.name === "edap" ? [["EDAP, uJ x cycles x mm2", quantity(value)] as const] : []),
    ["MACs used", percent(totals.utilization)],
    ...movementTotals(totals),
    ...learnedTotals(learned),
  ];
}

/** What the learned model says that was searched with. */
function learnedTotals(learned: RunResult["learned"]): [string, string][] {
  if (learned === undefined) return [];
  const { model, edp, latencyCycles } = learned;
  return [
    [`EDP by ${model}, uJ x cycles`, quantity(edp)],
    [`latency by ${model}, cycles`, quantity(latencyCycles)],
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

/** Each of several networks by itself. */
function networkTable(result: RunResult): string {
  const networks = networkRows(result);
  if (networks === null) return "";
  const columns = networks.columns.map(({ title, align }) => ({ title, number: align === "right" }));
  const note =
    "Each by itself: one run of it, on this hardware with these mappings. The whole is the sum over all runs.";
  return `<h3>Networks</h3>\n<p class="quiet">${note}</p>\n${table(columns, networks.rows)}\n`;
}

function hardwareTable({ architecture: { levels, compute } }: RunView): string {
  const number = true;
  const limit = (value: number | null) => (value === null ? "no limit" : quantity(value));
  const area = (um2: number) => (um2 > 0 ? quantity(um2 / 1e6) : "");
  return table(
    [
      ...[{ title: "level" }, { title: "holds" }, { title: "instances", number }, { title: "words each", number }],
      ...[
        { title: "bits a word", number },
        { title: "words a cycle", number },
      ],
      ...[
        { title: "words an access", number },
        { title: "pJ an access", number },
        { title: "area, mm2", number },
      ],
    ],
    [
      ...levels.map(({ bandwidthWordsPerCycle: bandwidth, ...level }) => [
        ...[
          level.name,
          level.keeps.join(", "),
          whole(level.instances),
          limit(level.capacityWords),
          String(level.wordBits),
        ],
        bandwidth === null || "shared" in bandwidth
          ? limit(bandwidth?.shared ?? null)
          : `${quantity(bandwidth.read)} out, ${quantity(bandwidth.write)} in`,
        ...[
          whole(level.blockSize),
          quantity(level.energyPerVectorAccessPj),
          area(level.areaPerInstanceUm2 * level.instances),
        ],
      ]),
      [
        "MAC units",
        "",
        whole(compute.instances),
        "",
        "",
        "",
        "",
        quantity(compute.energyPj),
        area(compute.areaPerInstanceUm2 * compute.instances),
      ],
    ],
  );
}

function reproduction({ inputs, versions, options, fixed, startedAt }: RunResult): string {
  const list = (record: object) =>
    Object.entries(record)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const hashes = Object.entries(inputs).map(([what, { name, sha256 }]) => `${what} ${name} (${sha256.slice(0, 12)})`);
  const given = Object.keys(fixed).length > 0 ? `; fixed: ${list(fixed)}` : "";
  return (
    `loopnest ${versions.loopnest}, started ${startedAt}. Inputs by SHA-256: ${hashes.join(", ")}. Options: ${list(options)}${given}. ` +
    "All of it stands in result.json and inputs.json; loopnest evaluate --run with the run's folder works every figure out anew."
  );
}
