import { hardwareOf, LoopnestError, totalAreaUm2 } from "@loopnest/mapspace";
import { makePace } from "../../run/pace.js";
import { objectiveExponents, objectiveValue } from "../../search/objective.js";
import type { SearchTask } from "../../search/task.js";
import { fixedNetwork } from "../uneven/fixed-network.js";
import type { NetworkCuts } from "./cheapest-cut.js";
import { edgeRefusals } from "./edge-refusals.js";
import { type FusedNetwork, type FusionTotals, networkParts } from "./fused-network.js";
import { type LeastTotal, leastTotal } from "./least-total.js";
import { fusionCuts, networkValues } from "./network-values.js";
import type { SegmentPoint } from "./segment-point.js";

/** What of fusion is searched, and how it is watched. */
export interface FusionOptions {
  /** Most layers of a segment; 3 unless given. */
  readonly longest?: number;
  /** How far above the optimum the answer may stay, as a fraction of it; 0 (nothing but rounding) unless given. */
  readonly gap?: number;
  /** Stops it: the best so far is returned, with what is proved. */
  readonly signal?: AbortSignal;
  /** Is told of news, now and then. */
  readonly onProgress?: (progress: FusionProgress) => void;
}

/** News from a search for the best segments. */
export interface FusionProgress {
  /** Best value so far of the network layer by layer, as long as that is searched, then fused; `null` if none fits. */
  readonly value: number | null;
  /** A value that none of that kind is below. */
  readonly lowerBound: number;
  readonly fused: boolean;
}

/**
 * The best that a network can do on given hardware if what one layer hands the next may stay on chip, for every edge
 * that is known, and uneven mappings: both certified, of all ways to cut the network into chains of so many layers.
 *
 * @returns `null` if nothing that fits was found.
 * @throws LoopnestError `unsupported` if a size is free, latency, energy or EDP are limited, or no level of the target
 * may be a home.
 */
export async function fuseNetwork(
  task: SearchTask,
  { longest = 3, gap = 0, signal, onProgress }: FusionOptions = {},
): Promise<FusedNetwork | null> {
  const { network, machine } = fixedNetwork(task);
  const { levels } = task.model.target;
  const { layers, edges = [] } = task.workload;
  const cuts = fusionCuts(network, edgeRefusals(edges), homeOf(task), longest);
  const values = networkValues(network, cuts, machine);
  const pace = makePace();
  const goOn = () => pace.breathe()?.then(() => signal?.aborted !== true) ?? signal?.aborted !== true;
  const areaMm2 = totalAreaUm2(machine) / 1e6;
  const { energy, latency } = objectiveExponents(task.objective.name);
  const least = (own: NetworkCuts, fused: boolean): Promise<LeastTotal<SegmentPoint>> =>
    leastTotal<SegmentPoint>({
      gap,
      value: ({ energyPj, latencyCycles }) =>
        objectiveValue(task.objective.name, { energyUj: energyPj / 1e6, latencyCycles, areaMm2 }),
      weightsAt: ({ energyPj, latencyCycles }) => ({
        energy: energy / Math.max(energyPj, 1),
        latency: latency / Math.max(latencyCycles, 1),
      }),
      floor: (weights) => values.floor(own, weights),
      optimum: (weights, news) => values.optimum(own, weights, goOn, news),
      onNews: ({ best, lowerBound }) => onProgress?.({ value: best?.value ?? null, lowerBound, fused }),
    });
  const apart = await least(cuts.apart, false);
  if (apart.best === null) return null;
  const together = await least(cuts.fused, true);
  const found = together.best ?? apart.best;
  const totalsOf = ({ lowerBound }: LeastTotal<SegmentPoint>, { point, value }: typeof found): FusionTotals => ({
    ...{ value, energyUj: point.energyPj / 1e6, latencyCycles: point.latencyCycles },
    ...{ outermostWords: point.outermostWords, lowerBound, gap: Math.max(0, value / lowerBound - 1) },
  });
  return {
    hardware: hardwareOf(task.model.target, network.fixed),
    areaMm2,
    apart: totalsOf(apart, apart.best),
    fused: totalsOf(together, found),
    ...networkParts({
      ...{ apart: apart.best.point, fused: found.point, edges, reasons: cuts.reasons },
      names: layers.map(({ problem }) => problem.name),
    }),
    home: levels[cuts.home]!.name,
    capacityWords: machine.capacityWords[cuts.home]!,
    stopped: signal?.aborted === true,
  };
}

/** @throws LoopnestError `unsupported` if no level of the target may be a home. */
function homeOf({ model: { target } }: SearchTask): number {
  const home = target.levels.findIndex((level) => level.home === true);
  if (home >= 0) return home;
  throw new LoopnestError({
    ...{ code: "unsupported", path: "target.levels", problem: `${target.name} has no level with a home` },
    fix: "set home: true at the buffer in which a layer may leave its outputs for the next",
  });
}
