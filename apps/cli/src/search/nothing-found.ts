import { LoopnestError } from "@loopnest/mapspace";
import { descent, runSearch } from "@loopnest/optimizers";
import { quantity } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import { smallestArea } from "../plan/smallest-area.js";
import type { SearchOutcome } from "./run-search.js";

/** What looking for the fastest design may cost. */
const SAMPLES = 600;
const STARTS = 2;

/** The error of a search that has found nothing that keeps its limits: what was asked for, and what is known to be possible. */
export async function nothingFound(plan: SearchPlan, { interrupted, result }: SearchOutcome): Promise<Error> {
  if (interrupted) return new Failure("interrupted before anything was found that fits", exitCodes.interrupted);
  const { inputs, objective, method } = plan;
  const { maxAreaMm2, maxLatencyCycles } = objective;
  const limits = [
    ...(maxAreaMm2 === undefined ? [] : [`an area of ${maxAreaMm2} mm2`]),
    ...(maxLatencyCycles === undefined ? [] : [`a latency of ${maxLatencyCycles} cycles`]),
  ];
  const within = limits.length > 0 ? ` within ${limits.join(" and ")}` : "";
  const spent = `${Math.round(result.samples)} samples`;
  // Where a bound is left, nothing is proven.
  const fits = method === "exact" && result.lowerBound === undefined ? "fits" : "was found that fits";
  return new LoopnestError({
    code: "infeasible",
    problem: `no design of ${inputs.workload.name} on ${inputs.target.name} ${fits}${within} (${spent})`,
    fix: limits.length > 0 ? await limitsToGive(plan) : "free more sizes, or spend more samples",
  });
}

async function limitsToGive(plan: SearchPlan): Promise<string> {
  const { maxAreaMm2 = Number.POSITIVE_INFINITY, maxLatencyCycles } = plan.objective;
  const smallest = smallestArea(plan);
  if (smallest === null) return "a size that is given is too small for any mapping: give a larger one";
  const least = `the smallest hardware that runs it has ${quantity(smallest.areaMm2)} mm2`;
  if (smallest.areaMm2 > maxAreaMm2) return `raise the limit: ${least}`;
  if (maxLatencyCycles === undefined) return `raise the limit, or spend more samples: ${least}`;
  const fastest = await fastestDesign(plan);
  const within = maxAreaMm2 < Number.POSITIVE_INFINITY ? ` within ${maxAreaMm2} mm2` : "";
  if (fastest === null) return `raise a limit, or spend more samples: ${least}`;
  const { latencyCycles, areaMm2 } = fastest;
  const area = areaMm2 > 0 ? ` on ${quantity(areaMm2)} mm2` : "";
  return `raise the limit, or spend more samples: the fastest design known${within} takes ${quantity(latencyCycles)} cycles${area}`;
}

/** What a short search for speed alone finds within the other limits. */
async function fastestDesign(plan: SearchPlan) {
  const { maxLatencyCycles: _, ...limits } = plan.objective;
  const task = await searchTask({ ...plan, objective: { ...limits, name: "latency" } });
  const { best } = await runSearch(descent, task, { seed: plan.options.seed, samples: SAMPLES, starts: STARTS });
  return best;
}
