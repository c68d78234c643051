import type { ChartDocument } from "../charts/chart.js";
import { layerCharts } from "../charts/charts-of.js";
import { refetchLines } from "../explain/refetch-text.js";
import { movedWords, movementRows } from "../figures/movement-rows.js";
import { loopLine } from "../nests/loop-line.js";
import { loopNestLines } from "../nests/loop-nest-text.js";
import { percent } from "../numbers/number-format.js";
import type { RunView } from "../run/run-view.js";
import { htmlTable } from "../tables/html-table.js";
import { numbers } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import { smallFigure } from "./figure.js";

/** A row per layer: its shares, what sets its latency, and its loop nest in one line. */
export function layerTable({ result }: RunView, id: string): string {
  const columns = [
    ...[{ title: "layer" }, numbers("count"), numbers("EDP"), numbers("energy")],
    ...[numbers("latency"), { title: "bottleneck" }, numbers("MACs used"), { title: "loop nest" }],
  ];
  const rows = result.layers.map(({ name, count, share, bottleneck, utilization, mapping }, i) => [
    ...[{ text: name, to: `#${layerId(id, i)}` }, String(count)],
    ...[share.edp, share.energy, share.latency].map(percent),
    ...[bottleneck, percent(utilization), loopLine(mapping)],
  ]);
  const outermost = Object.keys(result.layers[0]!.levels)[0]!;
  const moved = movementRows(result).map((row) => [
    ...[row.name, String(row.count), ...[row.share.edp, row.share.energy, row.share.latency].map(percent)],
    ...[outermost, "", movedWords(row)],
  ]);
  return htmlTable(columns, [...rows, ...moved]);
}

function layerId(run: string, index: number): string {
  return `${run}-layer-${index + 1}`;
}

/**
 * Each layer's loop nest beside a picture of its tiles, and what it fetches again and again; that of the largest share
 * of EDP is open.
 */
export function layerDetails(run: RunView, id: string, document: ChartDocument): string {
  const { layers } = run.result;
  const charts = layerCharts(run);
  const largest = Math.max(...layers.map(({ share }) => share.edp));
  const details = layers.map(({ name, count, share, mapping, levels, held }, i) => {
    const nest = loopNestLines(mapping, levels, held).map(escapeHtml).join("\n");
    const times = `${count > 1 ? `, ${count} times` : ""}${held ? ", fused" : ""}`;
    const open = share.edp === largest ? " open" : "";
    const summary = `${escapeHtml(name)}${times}: ${percent(share.edp)} of EDP`;
    const again = refetchLines(run.refetches?.[i] ?? []).map((line) => `<p>${escapeHtml(line)}</p>`);
    return `<details id="${layerId(id, i)}"${open}><summary>${summary}</summary>
<div class="layer"><pre>${nest}</pre>
${smallFigure(charts[i]!, `${id}-${charts[i]!.name}`, document)}</div>${again.join("\n")}</details>`;
  });
  return details.join("\n");
}
