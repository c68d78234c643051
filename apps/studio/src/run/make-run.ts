import { defaultCounts, LoopnestError, mayPad } from "@loopnest/mapspace";
import { objectiveUnit, objectiveValue, type SearchResult } from "@loopnest/optimizers";
import { designFigures, fileName, type RunResult, rates } from "@loopnest/report";
import { architectureOf, pricesOf } from "../design/machine.js";
import type { SearchOrder } from "../order/search-order.js";
import { fingerprint } from "./fingerprint.js";

/** A run as a run folder keeps it: what `result.json` holds. */
export type StudioRun = RunResult & { readonly schemaVersion: 1; readonly workers: number };

/** When a search began, how long it took, and on how many workers. */
export interface RunTimes {
  readonly startedAt: Date;
  readonly seconds: number;
  readonly workers: number;
}

/**
 * The run of a search that has ended: its design evaluated anew by the exact model, layer by layer.
 *
 * @throws LoopnestError `infeasible` if the search found nothing; `unsupported` if the exact model finds other figures
 * than the search.
 */
export async function makeRun(order: SearchOrder, found: SearchResult, times: RunTimes): Promise<StudioRun> {
  const { best } = found;
  if (best === null) {
    const problem = found.stopped ? "it was stopped before anything was found" : "nothing that was looked at fits";
    throw new LoopnestError({ code: "infeasible", problem, fix: "raise a limit, give more samples, or free a size" });
  }
  const { workload, target, method, options, objective, fixed } = order;
  const architecture = architectureOf(target, best.hardware);
  const prices = pricesOf(target);
  const mapped = best.layers.map(({ name, mapping, padded }, i) => ({
    file: layerFile(i, best.layers.length, name),
    mapping,
    ...(padded !== undefined && { padded }),
  }));
  const figures = designFigures(workload, architecture, mapped, defaultCounts);
  const value = objectiveValue(objective.name, figures.totals);
  if (Math.abs(value / best.value - 1) > 1e-9) {
    const problem = `the search says ${best.value} ${objectiveUnit(objective.name)}, the exact model ${value}`;
    throw new LoopnestError({ code: "unsupported", problem, fix: "please report this" });
  }
  const { seed, ...ofMethod } = options;
  const atClock = rates(figures, target.target, architecture);
  return {
    schemaVersion: 1,
    status: found.stopped ? "interrupted" : "finished",
    versions: { loopnest: __LOOPNEST_VERSION__, node: "none: made in the studio" },
    startedAt: times.startedAt.toISOString(),
    seconds: times.seconds,
    workers: times.workers,
    inputs: {
      workload: { name: workload.name, sha256: await fingerprint(workload) },
      target: { name: target.target.name, sha256: await fingerprint(target.target) },
      energyTable: {
        name: typeof prices === "string" ? prices : (prices.name ?? "actions"),
        sha256: await fingerprint(prices),
      },
    },
    ...{ counts: defaultCounts, method, seed, options: { seed, ...ofMethod }, objective, fixed },
    ...(mayPad(workload) && { mayPad: true }),
    ...{ samples: thousandths(found.samples), value, unit: objectiveUnit(objective.name) },
    ...(found.lowerBound !== undefined && { lowerBound: found.lowerBound }),
    ...(found.within !== undefined && { within: found.within }),
    hardware: best.hardware,
    totals: figures.totals,
    ...(atClock !== null && { rates: atClock }),
    ...(figures.networks !== undefined && { networks: [...figures.networks] }),
    layers: [...figures.layers],
    ...(figures.dataMovement !== undefined && { dataMovement: [...figures.dataMovement] }),
    ...(workload.unmodelled !== undefined && { unmodelled: [...workload.unmodelled] }),
    convergence: found.convergence.map((point) => ({ ...point, samples: thousandths(point.samples) })),
  };
}

/** Samples as run folders write them: sums of shares without what rounding leaves. */
function thousandths(samples: number): number {
  return Math.round(1000 * samples) / 1000;
}

/** Where a run folder keeps a layer: `layers/03-conv2.yaml`. */
function layerFile(index: number, layers: number, name: string): string {
  return `layers/${String(index + 1).padStart(Math.max(2, String(layers).length), "0")}-${fileName(name)}.yaml`;
}
