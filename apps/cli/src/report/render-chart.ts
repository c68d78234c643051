import { plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Width of a chart in its own units; a page scales it to what it has room for. */
const CHART_WIDTH = 860;

type PlotOptions = NonNullable<Parameters<typeof plot>[0]>;

/**
 * Draws a chart as SVG text, without a browser.
 *
 * @param label What it shows, for those who cannot see it.
 */
export function renderChart(label: string, options: PlotOptions): string {
  const { document } = parseHTML("<html><body></body></html>");
  const chart = plot({ width: CHART_WIDTH, className: "chart", ariaLabel: label, ...options, document });
  chart.setAttribute("role", "img");
  return chart.outerHTML;
}
