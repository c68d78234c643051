import { hardwareOf, LoopnestError, totalAreaUm2 } from "@loopnest/mapspace";
import { makePace } from "../../run/pace.js";
import type { SearchTask } from "../../search/task.js";
import { fixedNetwork } from "../uneven/fixed-network.js";
import type { NetworkCuts } from "./cheapest-cut.js";
import { edgeRefusals } from "./edge-refusals.js";
import { type FusedNetwork, type FusionTotals, networkParts } from "./fused-network.js";
import type { FusionOptions } from "./fusion-options.js";
import type { LeastTotal } from "./least-total.js";
import { networkTotal } from "./network-total.js";
import { fusionCuts, networkValues } from "./network-values.js";
import type { SegmentPoint } from "./segment-point.js";

/**
 * The best that a network can do on given hardware if what one layer hands the next may stay on chip, for every edge
 * that is known, and uneven mappings: both certified, of all ways to cut the network into chains of so many layers.
 *
 * @returns `null` if nothing that fits was found.
 * @throws LoopnestError `unsupported` if a size is free, latency, energy or EDP are limited, or no level of the target
 * may be a home.
 */
export async function fuseFixed(
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
  const least = (own: NetworkCuts, fused: boolean): Promise<LeastTotal<SegmentPoint>> =>
    networkTotal(task, values, own, {
      ...{ areaMm2, gap, goOn },
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
    ...{ hardware: hardwareOf(task.model.target, network.fixed), free: [] },
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
export function homeOf({ model: { target } }: SearchTask): number {
  const home = target.levels.findIndex((level) => level.home === true);
  if (home >= 0) return home;
  throw new LoopnestError({
    ...{ code: "unsupported", path: "target.levels", problem: `${target.name} has no level with a home` },
    fix: "set home: true at the buffer in which a layer may leave its outputs for the next",
  });
}
