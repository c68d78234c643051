import type { RunResult } from "../run-folder/run-result.js";
import { loopLine } from "../terminal/loop-line.js";
import { duration, percent, quantity, whole } from "../terminal/number-format.js";
import { convergenceChart } from "./convergence-chart.js";
import { energyChart, energyParts } from "./energy-chart.js";
import { escapeHtml } from "./escape-html.js";
import { bottleneckNames, latencyChart } from "./latency-chart.js";
import { pageStyle } from "./page-style.js";
import { levelColor } from "./palette.js";

/** The result as one HTML page that needs nothing else: no script, no network, light or dark. */
export function reportPage(result: RunResult): string {
  const { inputs, method, seed, samples, seconds, status, layers } = result;
  const title = `${inputs.workload.name} on ${inputs.target.name}`;
  const convergence = convergenceChart(result);
  const bottlenecks = bottleneckNames(result).map((name, i) => ({ name, color: levelColor(i), strength: 1 }));
  const used = bottlenecks.filter(({ name }) => layers.some(({ bottleneck }) => bottleneck === name));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - loopnest</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(method)}, seed ${seed}, ${whole(samples)} samples in ${duration(seconds)}${
    status === "interrupted" ? "; interrupted: the best so far" : ""
  }</p>
<dl>${[...totalsOf(result), ...Object.entries(result.hardware).map(([name, size]) => [name, whole(size)] as const)]
    .map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join("")}</dl>
${convergence === null ? "" : `<h2>Convergence</h2>\n<div class="wide">${convergence}</div>`}
<h2>Energy by layer</h2>
${legend(energyParts(result))}
<div class="wide">${energyChart(result)}</div>
<h2>Latency by layer, painted by what sets it</h2>
${legend(used)}
<div class="wide">${latencyChart(result)}</div>
<h2>Layers</h2>
<div class="wide">${layerTable(result)}</div>
<p class="quiet">Loop nests: outermost loop first; <code>K16x</code> unrolls K over 16 columns, <code>K16y</code> over rows. A layer's share
of EDP is the mean of its shares of energy and latency, whose product EDP is.</p>
<h2>How to reproduce it</h2>
<p>${escapeHtml(reproduction(result))}</p>
</body>
</html>
`;
}

function totalsOf({ totals, objective, value }: RunResult): (readonly [name: string, value: string])[] {
  return [
    ["EDP, uJ x cycles", quantity(totals.edp)],
    ["energy, uJ", quantity(totals.energyUj)],
    ["latency, cycles", quantity(totals.latencyCycles)],
    ["area, mm2", totals.areaMm2 > 0 ? quantity(totals.areaMm2) : "unknown"],
    ...(objective.name === "edap" ? [["EDAP, uJ x cycles x mm2", quantity(value)] as const] : []),
    ["MACs used", percent(totals.utilization)],
  ];
}

function legend(parts: readonly { name: string; color: string; strength: number }[]): string {
  const items = parts.map(
    ({ name, color, strength }) =>
      `<li><span style="background: ${color}; opacity: ${strength}"></span>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** Columns of the table of layers whose cells stand to the right. */
const NUMBERS = ["count", "EDP", "energy", "latency", "MACs used"];

function layerTable({ layers }: RunResult): string {
  const head = ["layer", "count", "EDP", "energy", "latency", "bottleneck", "MACs used", "loop nest"]
    .map((title) => `<th${NUMBERS.includes(title) ? ' class="number"' : ""}>${title}</th>`)
    .join("");
  const rows = layers.map(({ name, count, share, bottleneck, utilization, mapping }) => {
    const cells = [count, percent(share.edp), percent(share.energy), percent(share.latency)];
    const numbers = cells.map((cell) => `<td class="number">${cell}</td>`).join("");
    const used = `<td>${escapeHtml(bottleneck)}</td><td class="number">${percent(utilization)}</td>`;
    return `<tr><td>${escapeHtml(name)}</td>${numbers}${used}<td><code>${escapeHtml(loopLine(mapping))}</code></td></tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
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
    "All of it stands in result.json and inputs.json; loopnest evaluate --run with this folder works every figure out anew."
  );
}
