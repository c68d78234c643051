import type { NetworkComparison } from "./comparison.js";

/** A network and the panel it is drawn in: column and row. */
export interface Panel {
  readonly network: NetworkComparison;
  readonly fx: number;
  readonly fy: number;
}

/** Parts a chart into panels, one per network: two side by side where there is room. */
export function panels(networks: readonly NetworkComparison[], width: number): { places: Panel[]; rows: number } {
  const columns = width < 500 || networks.length === 1 ? 1 : 2;
  const places = networks.map((network, i) => ({ network, fx: i % columns, fy: Math.floor(i / columns) }));
  return { places, rows: Math.ceil(places.length / columns) };
}
