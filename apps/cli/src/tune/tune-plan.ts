import { LoopnestError, type Problem, type Workload } from "@loopnest/mapspace";
import type { DriverName } from "@loopnest/model-learned";
import { commandWords } from "../external/command-words.js";
import { LEARNED_COUNTS } from "../input/learned-counts.js";
import { networksInput } from "../input/networks-input.js";
import { workloadInput } from "../input/workload-input.js";
import { checkMappable, makePlan } from "../plan/make-plan.js";
import type { SearchPlan } from "../plan/search-plan.js";
import type { TuneOptions } from "./tune-options.js";

/** What tuning is about, as plain data. */
export interface TunePlan {
  /** Of the first search, with the analytical model; the others have a learned one instead, and seeds of their own. */
  readonly search: SearchPlan;
  /** The command that measures, and whether a shell reads it. */
  readonly measure: string;
  readonly shell: boolean;
  readonly driver: DriverName;
  /** Networks whose layers proposals map; those that are searched unless given. */
  readonly sampled?: Workload;
  /** Proposals that the analytical model says take longer are left out. */
  readonly maxCycles?: number;
}

/** The option that gives the command, for errors. */
export const MEASURE_OPTION = "--measure";

/**
 * Reads the inputs of tuning.
 *
 * @throws LoopnestError `input` for whatever is wrong with them.
 */
export async function makeTunePlan(given: TuneOptions): Promise<TunePlan> {
  const { target, network, measure, shell = false, built = false, driver, maxCycles } = given;
  if (!shell) commandWords(measure, MEASURE_OPTION);
  const search = await makePlan(network, {
    ...{ target, method: "descent", objective: "edp", counts: LEARNED_COUNTS, samples: given.samples },
    ...{ seed: given.seed, weight: given.weight, dim: given.dim, fix: given.fix },
    ...(given.starts !== undefined && { starts: given.starts }),
    ...(given.pe !== undefined && { pe: given.pe }),
    ...(given.energyTable !== undefined && { energyTable: given.energyTable }),
    ...(built && { mapOnly: { layers: [] } }),
  });
  const { sampleNetwork } = given;
  const sampled = sampleNetwork.length > 0 ? await networksInput(sampleNetwork, [], [], workloadInput) : undefined;
  if (sampled !== undefined) checkMappable(sampled, search.inputs.target);
  return {
    ...{ search, measure, shell, driver },
    ...(sampled !== undefined && { sampled }),
    ...(maxCycles !== undefined && { maxCycles }),
  };
}

/** Problems of the layers that proposals map, each shape once. */
export function sampledShapes({ search, sampled }: TunePlan): Problem[] {
  return shapesOf(sampled ?? search.inputs.workload);
}

/** Problems of a network, each shape once. */
export function shapesOf({ layers }: Workload): Problem[] {
  const byShape = new Map(
    layers.map(({ problem }) => [JSON.stringify([problem.dims, problem.tensors]), problem] as const),
  );
  return [...byShape.values()];
}

/**
 * The fewest measurements that tuning can do something with: a proposal for every shape of layer, the design of the
 * analytical search, one of a search with a learned model.
 *
 * @throws LoopnestError `input` if fewer are allowed.
 */
export function checkBudget(plan: TunePlan, measurements: number): void {
  const shapes = shapesOf(plan.search.inputs.workload).length;
  const least = 3 * shapes;
  if (measurements >= least) return;
  throw new LoopnestError({
    code: "input",
    path: "--measurements",
    problem: `${measurements} are too few for ${shapes} shapes of layers`,
    fix: `allow ${least} at least: one proposal, one design of each of two searches`,
    needed: least,
    available: measurements,
  });
}
