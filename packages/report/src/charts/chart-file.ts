import { escapeHtml } from "../text/media.js";
import { type Chart, type ChartDocument, WIDE } from "./chart.js";
import { withLightColors } from "./palette.js";

const MARGIN = 16;
const TITLE = 28;
const LEGEND_ROW = 20;
/** Pixels of one character of a legend. */
const CHARACTER = 6.8;
const FONT = "system-ui, 'DejaVu Sans', 'Liberation Sans', Arial, Helvetica, sans-serif";

/**
 * A chart as an SVG file of its own, with title and legend, black on white: for slides and papers.
 *
 * @param subtitle What the chart is of: the run.
 */
export function chartFile(chart: Chart, subtitle: string, document: ChartDocument): string {
  const { rows, height: legendHeight } = legendRows(chart);
  const inner = chart.draw(WIDE, document);
  const [, innerHeight] = /<svg[^>]* height="([\d.]+)"/.exec(inner)!;
  const top = MARGIN + TITLE + legendHeight;
  const width = WIDE + 2 * MARGIN;
  const height = top + Number(innerHeight) + MARGIN;
  const title = `${chart.title} - ${subtitle}`;
  const placed = inner.replace("<svg ", `<svg x="${MARGIN}" y="${top}" `);
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const label = `role="img" aria-label="${escapeHtml(title)}"`;
  return withLightColors(`<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="${FONT}" ${label}>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${MARGIN}" y="${MARGIN + 12}" font-size="16" font-weight="600" fill="currentColor">${escapeHtml(title)}</text>
${rows}
${placed.replaceAll("system-ui, sans-serif", FONT)}
</svg>
`);
}

/** The legend, in as many rows as it takes. */
function legendRows({ legend }: Chart): { rows: string; height: number } {
  let x = MARGIN;
  let row = 0;
  const entries = legend.map(({ name, color, strength = 1, dashed = false }) => {
    const width = 18 + CHARACTER * name.length + 14;
    if (x + width > WIDE + MARGIN && x > MARGIN) {
      x = MARGIN;
      row++;
    }
    const y = MARGIN + TITLE + row * LEGEND_ROW;
    const box = (from: number, size: number) =>
      `<rect x="${x + from}" y="${y - 4}" width="${size}" height="12" fill="${color}" fill-opacity="${strength}"/>`;
    const entry =
      (dashed ? box(0, 5) + box(7, 5) : box(0, 12)) +
      `<text x="${x + 18}" y="${y + 6}" font-size="12" fill="currentColor">${escapeHtml(name)}</text>`;
    x += width;
    return entry;
  });
  return { rows: entries.join("\n"), height: entries.length === 0 ? 0 : (row + 1) * LEGEND_ROW };
}
