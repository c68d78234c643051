import { LoopnestError } from "@loopnest/mapspace";
import type { SearchMethod, SearchOptions } from "./method.js";
import { type Objective, type ObjectiveName, objectiveValue, withLimit } from "./objective.js";
import type { Design, SearchHooks, SearchResult, SearchTask, WithinResult } from "./task.js";

/** What is made small among the designs within a share of the best, one after the other. */
function thenLeast(name: ObjectiveName): readonly ObjectiveName[] {
  return name === "area" ? ["energy"] : ["area", "energy"];
}

/** What a search has found, and how far from it a design may be. */
export interface WithinQuestion {
  /** 0.05 for 5 %. */
  readonly share: number;
  /** By a search of the task, with a design. */
  readonly found: SearchResult & { readonly best: Design };
  /** Results of the parts of that search; empty if there are none. */
  readonly parts: readonly SearchResult[];
}

/**
 * The design of least area, and among equals of least energy, within a share of the best value that a search has found;
 * of least energy where area is the objective.
 *
 * @param method Goes on from the design that was found.
 * @returns The result with that design for its best. Values, bounds and convergence stay those of the objective.
 * @throws LoopnestError `input` for EDAP, which weighs area itself.
 */
export async function smallestWithin<Options extends SearchOptions>(
  method: SearchMethod<Options>,
  task: SearchTask,
  options: Options,
  { share, found, parts }: WithinQuestion,
  hooks: SearchHooks = {},
): Promise<SearchResult> {
  checkWithin(task.objective, share);
  const { name } = task.objective;
  const bounds: { of: ObjectiveName; value: number; lowerBound?: number }[] = [];
  let { samples, seconds, stopped, best } = found;
  let objective = withLimit(task.objective, { of: name, most: found.best.value * (1 + share) });
  for (const of of thenLeast(name)) {
    objective = { ...objective, name: of };
    const start: Design = { ...best, value: objectiveValue(of, best) };
    const before = samples;
    // A value of another objective is no news of this search.
    const quiet: SearchHooks = {
      ...hooks,
      onProgress: (news) =>
        hooks.onProgress?.({ samples: before + news.samples, budget: news.budget, best: found.best }),
    };
    const result = await goOn(method, { ...task, objective }, options, start, parts, quiet);
    samples += result.samples;
    seconds += result.seconds;
    stopped ||= result.stopped;
    best = result.best !== null && result.best.value < start.value ? result.best : start;
    const proven = result.lowerBound === undefined ? {} : { lowerBound: result.lowerBound };
    bounds.push({ of, value: best.value, ...proven });
    objective = withLimit(objective, { of, most: best.value });
  }
  const within: WithinResult = { share, value: found.best.value, areaMm2: found.best.areaMm2, bounds };
  return { ...found, best: { ...best, value: objectiveValue(name, best) }, samples, seconds, stopped, within };
}

function goOn<Options extends SearchOptions>(
  method: SearchMethod<Options>,
  task: SearchTask,
  options: Options,
  design: Design,
  parts: readonly SearchResult[],
  hooks: SearchHooks,
): Promise<SearchResult> {
  if (method.goOn !== undefined) return method.goOn(task, options, design, parts, hooks);
  return method.run(task, options, 0, hooks);
}

/** @throws LoopnestError `input` for an objective that weighs area itself, or a share that is not above 0. */
export function checkWithin({ name }: Objective, share: number): void {
  if (!(share > 0 && share < Number.POSITIVE_INFINITY)) {
    throw new LoopnestError({
      code: "input",
      path: "within",
      problem: `within is ${share}`,
      fix: "give a share above 0: 0.05 for 5 %",
      got: share,
    });
  }
  if (name !== "edap") return;
  throw new LoopnestError({
    code: "input",
    path: "within",
    problem: "EDAP weighs area itself",
    fix: "choose edp, energy, latency or area as the objective",
  });
}
