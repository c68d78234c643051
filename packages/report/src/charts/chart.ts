import { plot } from "@observablehq/plot";
import { svgText } from "./svg-text.js";

/** What a colour of a chart stands for. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  /** Opacity; 1 unless given. */
  readonly strength?: number;
  /** Whether its line is dashed. */
  readonly dashed?: boolean;
}

/**
 * What elements are made with: a browser's own document, or one of a library such as linkedom where there is no
 * browser.
 */
export interface ChartDocument {
  /** An empty element of a namespace, as the DOM has it. */
  createElementNS(namespace: string, name: string): unknown;
}

/** A picture of a run, drawn for the width that a page or file has. */
export interface Chart {
  /** As a part of a file name, and of an element's id. */
  readonly name: string;
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  /** SVG text; `width` in pixels. */
  readonly draw: (width: number, document: ChartDocument) => string;
}

/** Widths in pixels for which pages draw: desks, and phones. */
export const WIDE = 860;
export const NARROW = 350;

export type PlotOptions = NonNullable<Parameters<typeof plot>[0]>;

/**
 * Draws a plot as SVG text.
 *
 * @param label What it shows, for those who cannot see it.
 */
export function renderPlot(document: ChartDocument, label: string, options: PlotOptions): string {
  const chart = plot({
    className: "chart",
    ariaLabel: label,
    ...options,
    document: document as NonNullable<PlotOptions["document"]>,
  });
  chart.setAttribute("role", "img");
  return svgText(chart);
}
