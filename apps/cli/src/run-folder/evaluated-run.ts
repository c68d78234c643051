import { type Architecture, type Hardware, mayPad } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { type Design, objectiveUnit, objectiveValue, type SearchResult } from "@loopnest/optimizers";
import {
  type DesignFigures,
  designFigures,
  type FusedDesign,
  fusionFigures,
  type MappedLayer,
  rates,
} from "@loopnest/report";
import { version } from "../../package.json";
import { checkFigures } from "../figures/check-figures.js";
import { thousandths } from "../figures/thousandths.js";
import { energyTableOf } from "../input/energy-table-input.js";
import type { LearnedInput, SearchPlan } from "../plan/search-plan.js";
import { layerFile } from "./run-files.js";
import { planIdentity } from "./run-identity.js";
import { FUSED_SCHEMA_VERSION, type RunResult, SCHEMA_VERSION } from "./run-result.js";

/** How a search went, whatever it has found. */
interface SearchAccount {
  readonly result: SearchResult;
  readonly interrupted: boolean;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly workers: number;
}

/**
 * A search's answer, evaluated anew from hardware and mappings alone.
 *
 * @param best Its design.
 * @param next What an architect asks next of it, if that is known.
 * @param fused What stays on chip between layers: then the design's layers are those that run.
 * @throws Failure if the search's figures do not reproduce.
 */
export async function evaluatedRun(
  plan: SearchPlan,
  best: Design,
  { result: searched, interrupted, startedAt, seconds, workers }: SearchAccount,
  next?: RunResult["next"],
  fused?: FusedLayers,
): Promise<{ result: RunResult; architecture: Architecture }> {
  const { workload, target, energyTable, learned: learnedInput } = plan.inputs;
  const architecture = priceTarget(target, energyTableOf(energyTable)).architecture(best.hardware);
  const network = fused?.ran ?? workload;
  const mapped = best.layers.map(({ name, mapping, padded }, i) => ({
    file: layerFile(i, best.layers.length, name),
    mapping,
    ...(padded !== undefined && { padded }),
    ...(fused?.held[i] && { held: fused.held[i] }),
  }));
  const figures = designFigures(network, architecture, mapped, plan.inputs.counts);
  const learned = learnedInput && (await learnedDesign(plan, learnedInput, best.hardware, mapped, figures));
  // Whoever has fused layers checks them: a segment's figures are those of all its layers.
  if (fused === undefined) checkFigures(best, figures, learned);
  const atClock = rates(figures, target, architecture);
  const objectiveOf = (totals: Parameters<typeof objectiveValue>[1]) => objectiveValue(plan.objective.name, totals);
  const result: RunResult = {
    schemaVersion: fused === undefined ? SCHEMA_VERSION : FUSED_SCHEMA_VERSION,
    status: interrupted ? "interrupted" : "finished",
    versions: { loopnest: version, node: process.versions.node },
    startedAt: startedAt.toISOString(),
    seconds,
    workers,
    ...planIdentity(plan),
    ...(mayPad(network) && { mayPad: true }),
    seed: plan.options.seed,
    samples: thousandths(searched.samples),
    value: objectiveOf({ ...figures.totals, ...learned?.searched }),
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
    ...(fused !== undefined && {
      fusion: fusionFigures(workload, architecture, fused, plan.inputs.counts, objectiveOf),
    }),
    ...(figures.dataMovement !== undefined && { dataMovement: [...figures.dataMovement] }),
    ...(network.unmodelled !== undefined && { unmodelled: network.unmodelled.map((operator) => ({ ...operator })) }),
    convergence: searched.convergence.map((point) => ({ ...point, samples: thousandths(point.samples) })),
  };
  return { result, architecture };
}

/** What stays on chip, and per layer that runs the tensors that it holds for others. */
export interface FusedLayers extends FusedDesign {
  readonly held: readonly (readonly string[] | undefined)[];
}

async function learnedDesign(
  { inputs }: SearchPlan,
  learned: LearnedInput,
  hardware: Hardware,
  mapped: readonly MappedLayer[],
  { totals }: DesignFigures,
) {
  const { learnedFigures } = await import("../figures/learned-figures.js");
  return learnedFigures({ ...inputs, learned }, hardware, mapped, totals.energyUj);
}
