import { objectiveExponents, objectiveValue } from "../../search/objective.js";
import type { SearchTask } from "../../search/task.js";
import type { NetworkCuts } from "./cheapest-cut.js";
import { type LeastTotal, leastTotal } from "./least-total.js";
import type { NetworkValues } from "./network-values.js";
import type { SegmentPoint } from "./segment-point.js";

/** How far a search for a network's least total goes. */
export interface TotalOptions {
  readonly areaMm2: number;
  /** Share of the best value by which it may stay above the least. */
  readonly gap: number;
  goOn(): boolean | Promise<boolean>;
  onNews?(now: LeastTotal<SegmentPoint>): void;
}

/** The cut of a network with the least value of the task's objective, as far as it was looked for. */
export function networkTotal(
  { objective: { name } }: SearchTask,
  values: NetworkValues,
  cuts: NetworkCuts,
  { areaMm2, gap, goOn, onNews }: TotalOptions,
): Promise<LeastTotal<SegmentPoint>> {
  const { energy, latency } = objectiveExponents(name);
  return leastTotal<SegmentPoint>({
    gap,
    value: ({ energyPj, latencyCycles }) => objectiveValue(name, { energyUj: energyPj / 1e6, latencyCycles, areaMm2 }),
    weightsAt: ({ energyPj, latencyCycles }) => ({
      energy: energy / Math.max(energyPj, 1),
      latency: latency / Math.max(latencyCycles, 1),
    }),
    floor: (weights) => values.floor(cuts, weights),
    optimum: (weights, news) => values.optimum(cuts, weights, goOn, news),
    ...(onNews && { onNews }),
  });
}
