import { type Counts, LoopnestError } from "@loopnest/mapspace";
import type { FusedNetwork, ObjectiveName } from "@loopnest/optimizers";
import { makePlan } from "../plan/make-plan.js";
import type { SearchPlan } from "../plan/search-plan.js";
import type { OutputForm } from "../terminal/print-data.js";

/** The options of `loopnest fuse` as the command line gives them. */
export interface FuseOptions extends OutputForm {
  readonly target: string;
  readonly objective: ObjectiveName;
  /** How far above the optimum the answer may stay, as a fraction of it. */
  readonly gap: number;
  /** Whether sizes that are not given are free. */
  readonly hardware?: boolean;
  readonly pe?: number;
  readonly fix: readonly string[];
  /** `size=value,value`. */
  readonly sweep?: string;
  readonly dim: readonly string[];
  readonly energyTable?: string;
  readonly counts?: Counts;
  /** The folder of the run; nothing is written unless given. */
  readonly output?: string;
  readonly force?: boolean;
}

/** Most layers that run together. */
export const LONGEST_SEGMENT = 3;

/**
 * What is searched, with all that decides the answer.
 *
 * @param more Sizes that are given beside those of the options, as `size=value`.
 * @throws LoopnestError for bad input, and for a network without edges.
 */
export async function fusionPlan(
  workload: string,
  { target, objective, gap, hardware = false, pe, fix, dim, energyTable, counts }: FuseOptions,
  more: readonly string[],
): Promise<SearchPlan> {
  const plan = await makePlan([workload], {
    ...{
      target,
      objective,
      dim,
      gap,
      uneven: true,
      seed: 1,
      method: "exact",
      weight: [],
      ...(!hardware && { mapOnly: { layers: [] } }),
      fix: [...fix, ...more],
    },
    ...(pe !== undefined && { pe }),
    ...(energyTable !== undefined && { energyTable }),
    ...(counts !== undefined && { counts }),
  });
  const { name, edges = [] } = plan.inputs.workload;
  if (edges.length === 0) {
    throw new LoopnestError({
      code: "unsupported",
      path: "workload.edges",
      problem: `nothing is known of what the layers of ${name} hand each other`,
      fix: "add edges to its file; built-in transformers and image networks have them",
    });
  }
  return { ...plan, options: { ...plan.options, longestSegment: LONGEST_SEGMENT } as SearchPlan["options"] };
}

/**
 * Network, target and sizes in a line.
 *
 * @param except A size that is none of the title's.
 */
export function titleOf(
  { inputs: { workload, target } }: SearchPlan,
  { hardware }: FusedNetwork,
  except?: string,
): string {
  const sizes = Object.entries(hardware)
    .filter(([size]) => size !== except)
    .map(([size, value]) => `${size} ${value}`);
  return `${workload.name} on ${target.name}, ${sizes.join(", ")}`;
}
