import { plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** What a colour of a chart stands for. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  /** Opacity; 1 unless given. */
  readonly strength?: number;
  /** Whether its line is dashed. */
  readonly dashed?: boolean;
}

/** A picture of a run, drawn for the width that a page or file has. */
export interface Chart {
  /** As a part of a file name, and of an element's id. */
  readonly name: string;
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  /** SVG text; `width` in pixels. */
  readonly draw: (width: number) => string;
}

/** Widths in pixels for which pages draw: desks, and phones. */
export const WIDE = 860;
export const NARROW = 350;

export type PlotOptions = NonNullable<Parameters<typeof plot>[0]>;

/**
 * Draws a plot as SVG text, without a browser.
 *
 * @param label What it shows, for those who cannot see it.
 */
export function renderPlot(label: string, options: PlotOptions): string {
  const { document } = parseHTML("<html><body></body></html>");
  const chart = plot({ className: "chart", ariaLabel: label, ...options, document });
  chart.setAttribute("role", "img");
  return chart.outerHTML;
}
