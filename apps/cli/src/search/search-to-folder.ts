import { type Architecture, LoopnestError } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { objectiveUnit, objectiveValue, type Progress } from "@loopnest/optimizers";
import { type DesignFigures, designFigures, type MappedLayer, rates } from "@loopnest/report";
import { version } from "../../package.json";
import { checkFigures } from "../figures/check-figures.js";
import { thousandths } from "../figures/thousandths.js";
import { energyTableOf } from "../input/energy-table-input.js";
import type { LearnedInput, SearchPlan } from "../plan/search-plan.js";
import type { ClaimedFolder } from "../run-folder/claim-folder.js";
import { layerFile } from "../run-folder/run-files.js";
import { planIdentity } from "../run-folder/run-identity.js";
import { type RunResult, SCHEMA_VERSION } from "../run-folder/run-result.js";
import type { UnfinishedSearch } from "../run-folder/unfinished-search.js";
import { keepRun } from "./keep-run.js";
import { nextSteps } from "./next-steps.js";
import { nothingFound } from "./nothing-found.js";
import { runSearchPlan } from "./run-search.js";

/** How a caller watches a search. */
export interface SearchWatch {
  /** Threads at most; one per processor core unless given. */
  readonly workers?: number;
  readonly onNews?: (progress: Progress) => void;
  /** Whether what an architect asks next is looked into, too; not unless given. */
  readonly asksNext?: boolean;
  /** Is given the result, even if the folder does not take it. */
  readonly onResult?: (result: RunResult) => void;
}

/**
 * Runs a search, or what is missing of it, to its end or an interruption, evaluates its answer with the exact model,
 * and writes the run.
 *
 * @returns The result, whose status says whether it was interrupted, and what was written, as a sentence.
 * @throws LoopnestError `infeasible` if nothing fits; Failure if nothing was found before an interruption, if figures
 * do not reproduce, or if the folder does not take the files.
 */
export async function searchToFolder(
  folder: ClaimedFolder,
  kept: UnfinishedSearch,
  { workers: threads, onNews, onResult, asksNext = false }: SearchWatch,
): Promise<{ result: RunResult; written: string }> {
  const { plan } = kept;
  const outcome = await runSearchPlan(kept, threads, onNews).catch(async (error: unknown) => {
    // Such a search can never be.
    if (error instanceof LoopnestError) await kept.discard();
    throw error;
  });
  const { best } = outcome.result;
  if (best === null) {
    if (!outcome.interrupted) await kept.discard();
    throw await nothingFound(plan, outcome);
  }
  const { workload: network, target, energyTable, learned: learnedInput } = plan.inputs;
  const architecture = priceTarget(target, energyTableOf(energyTable)).architecture(best.hardware);
  const mapped = best.layers.map(({ name, mapping, padded }, i) => ({
    file: layerFile(i, best.layers.length, name),
    mapping,
    ...(padded !== undefined && { padded }),
  }));
  const figures = designFigures(network, architecture, mapped, plan.inputs.counts);
  const learned = learnedInput && (await learnedDesign(plan, learnedInput, architecture, mapped, figures));
  checkFigures(best, figures, learned);
  const next = asksNext && !outcome.interrupted ? await nextSteps(plan, { ...outcome.result, best }) : undefined;
  const atClock = rates(figures, target, architecture);
  const { result: searched, interrupted, startedAt, seconds, workers } = outcome;
  const result: RunResult = {
    schemaVersion: SCHEMA_VERSION,
    status: interrupted ? "interrupted" : "finished",
    versions: { loopnest: version, node: process.versions.node },
    startedAt: startedAt.toISOString(),
    seconds,
    workers,
    ...planIdentity(plan),
    seed: plan.options.seed,
    samples: thousandths(searched.samples),
    value: objectiveValue(plan.objective.name, {
      ...figures.totals,
      ...learned?.searched,
    }),
    unit: objectiveUnit(plan.objective.name),
    ...(searched.lowerBound !== undefined && { lowerBound: searched.lowerBound }),
    ...(searched.within !== undefined && { within: searched.within }),
    ...(next !== undefined && { next }),
    hardware: best.hardware,
    totals: figures.totals,
    ...(atClock !== null && { rates: atClock }),
    ...(figures.networks !== undefined && { networks: [...figures.networks] }),
    ...(learned !== undefined && { learned: learned.figures }),
    layers: [...figures.layers],
    ...(figures.dataMovement !== undefined && { dataMovement: [...figures.dataMovement] }),
    ...(network.unmodelled !== undefined && { unmodelled: network.unmodelled.map((operator) => ({ ...operator })) }),
    convergence: searched.convergence.map((point) => ({ ...point, samples: thousandths(point.samples) })),
  };
  try {
    const written = await keepRun(folder, { result, inputs: plan.inputs, architecture });
    if (!interrupted) await kept.discard();
    return { result, written };
  } finally {
    onResult?.(result);
  }
}

async function learnedDesign(
  { inputs }: SearchPlan,
  learned: LearnedInput,
  architecture: Architecture,
  mapped: readonly MappedLayer[],
  { totals }: DesignFigures,
) {
  const { learnedFigures } = await import("../figures/learned-figures.js");
  return learnedFigures({ ...inputs, learned }, architecture, mapped, totals.energyUj);
}
