import type { LayerFigures, RunResult } from "@loopnest/report";

/** A layer of two designs. */
export interface LayerDifference {
  readonly name: string;
  readonly a: LayerFigures;
  readonly b: LayerFigures;
  /** How much of the network's energy and latency, of the first design, it makes more or less. */
  readonly weight: number;
}

/**
 * Layers that both designs have, those first that the difference between the designs comes from; those without any left
 * out.
 */
export function layerDifferences(one: RunResult, other: RunResult): LayerDifference[] {
  const others = new Map(other.layers.map((layer) => [layer.name, layer]));
  const { energyUj, latencyCycles } = one.totals;
  const pairs = one.layers.flatMap((a): LayerDifference[] => {
    const b = others.get(a.name);
    if (b === undefined) return [];
    const energy = (b.count * b.energyPj - a.count * a.energyPj) / 1e6 / energyUj;
    const latency = (b.count * b.latencyCycles - a.count * a.latencyCycles) / latencyCycles;
    return [{ name: a.name, a, b, weight: Math.abs(energy) + Math.abs(latency) }];
  });
  return pairs.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
}
