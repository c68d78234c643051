import type { RunResult } from "../run-folder/run-result.js";

/** A chart with one row per layer: labels, and the room they take. */
export interface LayerAxis {
  /** One per layer, no two alike. */
  readonly labels: readonly string[];
  readonly frame: {
    readonly height: number;
    readonly marginLeft: number;
    readonly y: { readonly label: null; readonly domain: readonly string[] };
  };
}

export function layerAxis({ layers }: RunResult): LayerAxis {
  const names = layers.map(({ name }) => name);
  const unique = new Set(names).size === names.length;
  const labels = unique ? names : names.map((name, i) => `${i + 1} ${name}`);
  const marginLeft = 20 + 6.5 * Math.max(...labels.map((label) => label.length));
  return { labels, frame: { height: 60 + 20 * layers.length, marginLeft, y: { label: null, domain: labels } } };
}
