import type { Mapspace } from "@loopnest/mapspace";

/** The most children that an instance of every level has on any machine, in columns and rows. */
export interface MostFanOut {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Compute units that mappings of a layer can keep at work at once: on every axis of every level no more than it has,
 * nor than the dimensions that may unroll there have steps; and all in all no more than these dimensions have together.
 */
export function usableUnits({ slots, bounds }: Mapspace, { x, y }: MostFanOut): number {
  const steps = bounds.map((own) => Math.max(...own));
  const axes = new Map<string, number>();
  const dims = new Set<number>();
  for (const { level, kind, dim } of slots) {
    if (kind === "temporal") continue;
    dims.add(dim);
    axes.set(`${kind}${level}`, (axes.get(`${kind}${level}`) ?? 1) * steps[dim]!);
  }
  const most = [...axes].reduce((units, [axis, reach]) => {
    const fanOut = (axis[0] === "X" ? x : y)[Number(axis.slice(1))]!;
    return units * Math.min(reach, fanOut * (1 + 1e-12));
  }, 1);
  return Math.min(
    most,
    [...dims].reduce((units, dim) => units * steps[dim]!, 1),
  );
}
