import type { DesignFigures } from "../figures/figures.js";
import { movementRows } from "../figures/movement-rows.js";
import { shortened } from "../text/shortened.js";

/** A chart with one row per layer: labels, and the room they take. */
export interface LayerAxis {
  /** One per layer, no two alike. */
  readonly labels: readonly string[];
  readonly frame: {
    readonly width: number;
    readonly height: number;
    readonly marginLeft: number;
    readonly marginRight: number;
    readonly y: {
      readonly label: null;
      readonly domain: readonly string[];
      readonly tickFormat: (label: string) => string;
    };
  };
}

/** Pixels of a row: lower where there are many. */
const ROW = 20;
const LOW_ROW = 15;
const MANY = 48;

/** Pixels of one character of a label. */
const CHARACTER = 6.2;

/** @param width Of the chart; labels take two fifths at most and are cut short. */
export function layerAxis(names: readonly string[], width: number): LayerAxis {
  const unique = new Set(names).size === names.length;
  const labels = unique ? names : names.map((name, i) => `${i + 1} ${name}`);
  const longest = Math.max(...labels.map((label) => label.length));
  const room = Math.min(CHARACTER * longest, 0.4 * width);
  const most = Math.floor(room / CHARACTER);
  return {
    labels,
    frame: {
      ...{
        width,
        height: 60 + (labels.length > MANY ? LOW_ROW : ROW) * labels.length,
        marginLeft: 20 + room,
        marginRight: 24,
      },
      y: { label: null, domain: labels, tickFormat: (label) => shortened(label, most) },
    },
  };
}

/** Names of the rows: the layers, then each kind of data movement. */
export function layerNames(result: DesignFigures): string[] {
  return [...result.layers, ...movementRows(result)].map(({ name }) => name);
}
