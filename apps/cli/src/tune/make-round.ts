import { join } from "node:path";
import { type Hardware, LoopnestError, type Mapping, type PerformanceModel } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { learnedModel, predictor, proposeSamples, type SavedModel, writeModel } from "@loopnest/model-learned";
import { type DesignFigures, designFigures, type TuningWay } from "@loopnest/report";
import { defaultMapping } from "@loopnest/target-systolic";
import { energyTableOf } from "../input/energy-table-input.js";
import { exactModel } from "../plan/run-model.js";
import { ownHands } from "../queue/hands.js";
import type { RunResult } from "../run-folder/run-result.js";
import { searchWithin } from "../search/search-within.js";
import type { RoundBudget } from "./budget.js";
import { hashedCase } from "./measurements.js";
import { TUNE_FILES } from "./tune-folder.js";
import { sampledShapes, type TunePlan } from "./tune-plan.js";
import type { RoundCase, RoundDesign, TuneRound } from "./tune-round.js";

/** What a round begins with. */
export interface RoundStart {
  readonly round: number;
  readonly budget: RoundBudget;
  /** Trained on what earlier rounds have measured; for the first round the analytical model, by itself. */
  readonly model: SavedModel;
  /** Whether a case was measured, or failed, in an earlier round. */
  readonly isKnown: (id: string) => boolean;
  /** Threads of searches; one per processor core unless given. */
  readonly workers?: number;
}

/** Proposals asked for per proposal wanted where slow ones are left out: most of a mapspace is slow. */
const ASKED_PER_PROPOSAL = 4;
/** Rounds have seeds of their own; more than that many are never run. */
const SEEDS_PER_TUNING = 1000;

/**
 * Finds out what a round measures: designs of searches, then proposals. Searches that a killed process has finished are
 * not run again.
 *
 * @throws LoopnestError `infeasible` if nothing fits the machine; Failure if a search was interrupted.
 */
export async function makeRound(dir: string, plan: TunePlan, start: RoundStart): Promise<TuneRound> {
  const { round, model, budget, isKnown } = start;
  const base = exactModel(plan.search.inputs);
  const predict = predictor(learnedModel(base, model));
  const cases = new Map<string, RoundCase>();
  const addCase = (layer: string, found: boolean, one: ReturnType<typeof hashedCase>) => {
    if (isKnown(one.id) || cases.has(one.id)) return;
    const { predictedCycles, analyticalCycles } = predict(one);
    cases.set(one.id, { ...one, layer, found, predictedCycles, analyticalCycles });
  };
  const designs: RoundDesign[] = [];
  for (const way of waysOf(round, plan, budget)) {
    const design = await designOf(dir, plan, start, way, designs[0]?.hardware);
    if (design === null) continue;
    designs.push(design.kept);
    for (const one of design.cases) addCase(one.problem.name, true, one);
  }
  for (const { problem, mapping, hardware } of proposals(base, plan, start)) {
    addCase(problem.name, false, hashedCase(problem, mapping, hardware));
  }
  return { round, designs, cases: [...cases.values()] };
}

/**
 * The ways in which a round's designs come about: the analytical search first, whose machine the tiler then maps to.
 */
export function waysOf(round: number, { search }: TunePlan, { designs }: RoundBudget): TuningWay[] {
  if (round > 0) return (["learned", "careful"] as const).slice(0, designs);
  return search.inputs.target.name === "systolic" ? ["analytical", "tiler"] : ["analytical"];
}

async function designOf(
  dir: string,
  plan: TunePlan,
  { round, model, workers }: RoundStart,
  way: TuningWay,
  tiled: Hardware | undefined,
): Promise<{ kept: RoundDesign; cases: ReturnType<typeof hashedCase>[] } | null> {
  const { search } = plan;
  const { layers } = search.inputs.workload;
  const name = `${String(round).padStart(2, "0")}-${way}`;
  if (way === "tiler") {
    const mappings = layers.map(({ problem }) => defaultMapping(problem, tiled!));
    return madeDesign(name, way, plan, tiled!, figuresOf(plan, tiled!, mappings));
  }
  const learned = { model: JSON.parse(writeModel(model)), uncertaintyPenalty: way === "careful" ? 1 : 0 };
  const own =
    way === "analytical"
      ? search
      : {
          ...search,
          inputs: { ...search.inputs, learned },
          options: { ...search.options, seed: search.options.seed + SEEDS_PER_TUNING * round },
        };
  const found = await searchWithin(join(dir, TUNE_FILES.searches, name), own, ownHands(workers));
  if ("infeasible" in found) {
    if (way === "analytical") throw found.infeasible;
    return null;
  }
  return madeDesign(name, way, plan, found.result.hardware, found.result, found.result.learned);
}

function figuresOf({ search: { inputs } }: TunePlan, hardware: Hardware, mappings: readonly Mapping[]): DesignFigures {
  const architecture = priceTarget(inputs.target, energyTableOf(inputs.energyTable)).architecture(hardware);
  const mapped = mappings.map((mapping) => ({ mapping, file: "" }));
  return designFigures(inputs.workload, architecture, mapped, inputs.counts);
}

function madeDesign(
  name: string,
  way: TuningWay,
  { search }: TunePlan,
  hardware: Hardware,
  { layers, totals }: DesignFigures,
  learned?: RunResult["learned"],
) {
  const energyUj = learned?.energyUj ?? totals.energyUj;
  const latencyCycles = learned?.latencyCycles ?? totals.latencyCycles;
  const cases = layers.map(({ mapping }, i) =>
    hashedCase(search.inputs.workload.layers[i]!.problem, mapping, hardware),
  );
  const rest = totals.dataMovement ?? { energyUj: 0, latencyCycles: 0 };
  const kept: RoundDesign = {
    ...{ name, way, hardware },
    predicted: { edp: energyUj * latencyCycles, energyUj, latencyCycles },
    rest: { energyUj: rest.energyUj, latencyCycles: rest.latencyCycles },
    layers: layers.map((layer, i) => ({
      ...{ name: layer.name, count: layer.count, id: cases[i]!.id },
      ...{ energyPj: layer.energyPj, bottleneck: layer.bottleneck },
      predictedCycles: learned?.layers[i]?.predictedCycles ?? layer.latencyCycles,
    })),
  };
  return { kept, cases };
}

/**
 * Spread over the mapspace at first, later those that the model is least sure of; without those that would take long.
 */
function proposals(base: PerformanceModel, plan: TunePlan, { round, budget, model }: RoundStart) {
  const { search, maxCycles = Number.POSITIVE_INFINITY } = plan;
  if (budget.proposals === 0) return [];
  const predict = predictor(learnedModel(base, model));
  const asked = Number.isFinite(maxCycles) ? ASKED_PER_PROPOSAL * budget.proposals : budget.proposals;
  const proposed = proposeSamples(base, asked, {
    problems: sampledShapes(plan),
    seed: search.options.seed + SEEDS_PER_TUNING * round,
    hardware: search.fixed,
    ...(round > 0 && { model }),
  });
  const quick = proposed.filter((one) => predict(one).analyticalCycles <= maxCycles).slice(0, budget.proposals);
  if (quick.length > 0 || round > 0) return quick;
  throw new LoopnestError({
    code: "infeasible",
    path: "--max-cycles",
    problem: `the analytical model says of all ${asked} proposals that they take more than ${maxCycles} cycles`,
    fix: "allow more",
  });
}
