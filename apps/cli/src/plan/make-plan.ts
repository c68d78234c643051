import {
  type Counts,
  defaultCounts,
  hardwareOf,
  hardwareSizes,
  LoopnestError,
  makeMapspace,
  padWorkload,
  type Target,
  tensorWidths,
  type Workload,
  withWorkloadBits,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { energyTableInput, energyTableOf, targetEnergyTable } from "../input/energy-table-input.js";
import { fixedSizes } from "../input/fixed-sizes.js";
import { layersInput } from "../input/layers-input.js";
import { LEARNED_COUNTS } from "../input/learned-counts.js";
import { isOwnModel, PROGRAM_PREFIX } from "../input/model-names.js";
import { networksInput } from "../input/networks-input.js";
import { pickLayers } from "../input/pick-layers.js";
import { refuseManyLayers } from "../input/refuse-many-layers.js";
import { refuseUnmodelled } from "../input/refuse-unmodelled.js";
import { targetInput } from "../input/target-input.js";
import { workloadInput } from "../input/workload-input.js";
import { type MethodName, type MethodOptions, methodOptionNames, offeredMethod } from "./methods.js";
import type { SearchCommandOptions } from "./search-options.js";
import type { SearchInputs, SearchPlan } from "./search-plan.js";

/**
 * Reads the inputs of a search and puts its options together.
 *
 * @param workloads Names or files: the networks that share the accelerator.
 * @throws LoopnestError `input` for whatever is wrong with them.
 */
export async function makePlan(workloads: readonly string[], given: SearchCommandOptions): Promise<SearchPlan> {
  checkTaken(given.method, given);
  return planOf(await searchInputs(workloads, given), given);
}

/**
 * Reads the inputs of a search.
 *
 * @throws LoopnestError `input` for whatever is wrong with them, or if a layer cannot run on the target.
 */
export async function searchInputs(workloads: readonly string[], given: SearchCommandOptions): Promise<SearchInputs> {
  const { mapOnly } = given;
  const target = await targetInput(given.target);
  const networks = await networksInput(workloads, given.weight, given.dim, mapOnly ? layersInput : workloadInput);
  const workload = pickLayers(
    given.bits === undefined ? networks : withWorkloadBits(networks, given.bits, "--bits"),
    mapOnly?.layers ?? [],
  );
  refuseManyLayers(workload);
  const inputs: SearchInputs = {
    workload: padWorkload(workload, given.pad ?? "off"),
    target,
    energyTable: await (given.energyTable === undefined
      ? targetEnergyTable(target, given.target)
      : energyTableInput(given.energyTable)),
    counts: countsOf(given),
    ...(await learnedInput(given, { target, counts: countsOf(given) })),
  };
  if (given.strict) refuseUnmodelled(inputs.workload);
  checkMappable(inputs.workload, target);
  return inputs;
}

/**
 * The plan of a search on inputs that were read.
 *
 * @throws LoopnestError `input` for sizes or limits that do not fit them.
 */
export function planOf(inputs: SearchInputs, given: SearchCommandOptions): SearchPlan {
  const { method, objective, maxArea, maxLatency, maxEnergy, maxEdp, within, mapOnly } = given;
  const { target } = inputs;
  const fixed = fixedSizes(given.fix, given.pe, target);
  checkAreas(given, inputs);
  return {
    inputs,
    method,
    options: { ...offeredMethod(method).options(given), ...(within !== undefined && { within }) },
    objective: {
      name: objective,
      ...(maxArea !== undefined && { maxAreaMm2: maxArea }),
      ...(maxLatency !== undefined && { maxLatencyCycles: maxLatency }),
      ...(maxEnergy !== undefined && { maxEnergyUj: maxEnergy }),
      ...(maxEdp !== undefined && { maxEdp }),
    },
    fixed: mapOnly ? hardwareOf(target, hardwareSizes(target, fixed)) : fixed,
  };
}

/** An option that the method would not look at is a mistake. */
export function checkTaken(method: MethodName, given: MethodOptions): void {
  const { takes } = offeredMethod(method);
  for (const option of methodOptionNames) {
    if (given[option] === undefined || takes.includes(option)) continue;
    const own = takes.length > 0 ? `it takes ${takes.map((name) => `--${name}`).join(", ")}` : "leave it out";
    throw optionError(`--${option}`, `method ${method} has no use for it`, own);
  }
}

/** What area decides needs a table that has areas. */
function checkAreas({ objective, maxArea, within }: SearchCommandOptions, { energyTable }: SearchInputs): void {
  const options = [
    maxArea !== undefined && "--max-area",
    within !== undefined && "--within",
    (objective === "edap" || objective === "area") && "--objective",
  ].filter((option) => option !== false);
  if (within !== undefined && objective === "edap")
    throw optionError("--within", "EDAP weighs area itself", "choose another objective");
  const { hasAreas, name } = energyTableOf(energyTable);
  if (options.length > 0 && !hasAreas) throw optionError(options[0]!, `energy table ${name} has no areas`);
}

/** @throws LoopnestError that says which layer a target cannot run, before anything is searched. */
export function checkMappable(workload: Workload, target: Target): void {
  workload.layers.forEach(({ problem }, i) => {
    tensorWidths(problem, target.levels);
    try {
      makeMapspace(target, problem);
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      const path = `layers[${i}].${error.data.path ?? "problem"}`;
      throw new LoopnestError({ ...error.data, path, problem: `${error.data.problem} (layer ${problem.name})` });
    }
  });
}

/** Learned models correct what they were trained on. */
function countsOf({ model, counts }: SearchCommandOptions): Counts {
  if (model === undefined || isOwnModel(model)) return counts ?? defaultCounts;
  if (counts === undefined || counts === LEARNED_COUNTS) return LEARNED_COUNTS;
  throw optionError("--counts", `learned models correct ${LEARNED_COUNTS}`, "leave it out");
}

/** @throws LoopnestError `input` if the model is not one of the target, or a penalty is given without a model. */
async function learnedInput(
  { model, uncertaintyPenalty = 0, method }: SearchCommandOptions,
  { target, counts }: Pick<SearchInputs, "target" | "counts">,
): Promise<Pick<SearchInputs, "learned">> {
  if (model === undefined) {
    if (uncertaintyPenalty === 0) return {};
    throw optionError("--uncertainty-penalty", "there is no learned model to be uncertain", "give one with --model");
  }
  if (method === "exact") throw optionError("--model", "method exact cannot prove anything about a learned model");
  if (method === "descent" && model.startsWith(PROGRAM_PREFIX)) {
    const fix = "choose another method (random, annealing, genetic), or loopnest tune --measure, which descends";
    throw optionError(
      "--method",
      "descent needs a gradient, and a program has none",
      `${fix} through what it has learnt`,
    );
  }
  const { modelInput, withModel } = await import("../input/model-input.js");
  const data = await modelInput(model);
  await withModel(analyticalModel(target, { counts }), data, { uncertaintyPenalty });
  return { learned: { model: data, uncertaintyPenalty } };
}

function optionError(path: string, problem: string, fix?: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, ...(fix !== undefined && { fix }) });
}
