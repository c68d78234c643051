import { type Cost, clonePoint, type NestPoint } from "@loopnest/mapspace";

/** A mapping of a layer and its cost on the hardware at hand. */
export interface CostedMapping {
  readonly point: NestPoint;
  readonly cost: Cost;
}

/** Mappings of one layer on one hardware, none of which is worse than another in both energy and latency. */
export interface LayerFront {
  readonly mappings: readonly CostedMapping[];
  /** Takes a copy of the mapping unless one that is no worse is there already. */
  add(point: NestPoint, cost: Cost): void;
}

/** A front without mappings. */
export function makeLayerFront(): LayerFront {
  const mappings: CostedMapping[] = [];
  return {
    mappings,
    add(point, cost) {
      if (mappings.some((other) => noWorse(other.cost, cost))) return;
      for (let k = mappings.length - 1; k >= 0; k--) if (noWorse(cost, mappings[k]!.cost)) mappings.splice(k, 1);
      mappings.push({ point: clonePoint(point), cost: { ...cost } });
    },
  };
}

function noWorse(a: Cost, b: Cost): boolean {
  return a.energyPj <= b.energyPj && a.latencyCycles <= b.latencyCycles;
}
