import { LoopnestError } from "@loopnest/mapspace";
import {
  descent,
  limitsOf,
  type ObjectiveName,
  objectiveUnit,
  runSearch,
  type SmallestHardware,
  smallestHardware,
} from "@loopnest/optimizers";
import { quantity } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import type { SearchOutcome } from "./run-search.js";

/** What looking for the best design known may cost. */
const SAMPLES = 600;
const STARTS = 2;

/**
 * The error of a search that has found nothing that keeps its limits: what was asked for, and what is known to be
 * possible.
 */
export async function nothingFound(plan: SearchPlan, { interrupted, result }: SearchOutcome): Promise<Error> {
  if (interrupted) return new Failure("interrupted before anything was found that fits", exitCodes.interrupted);
  const { inputs, objective, method } = plan;
  const { maxAreaMm2, maxLatencyCycles, maxEnergyUj, maxEdp } = objective;
  const limits = [
    ...(maxAreaMm2 === undefined ? [] : [`an area of ${maxAreaMm2} mm2`]),
    ...(maxLatencyCycles === undefined ? [] : [`a latency of ${maxLatencyCycles} cycles`]),
    ...(maxEnergyUj === undefined ? [] : [`an energy of ${maxEnergyUj} uJ`]),
    ...(maxEdp === undefined ? [] : [`an EDP of ${maxEdp} uJ x cycles`]),
  ];
  const within = limits.length > 0 ? ` within ${limits.join(" and ")}` : "";
  const smallest = smallestHardware(await searchTask(plan));
  if (smallest === null) {
    return new LoopnestError({
      code: "infeasible",
      problem: `no ${inputs.target.name} of these sizes holds any mapping of ${inputs.workload.name}`,
      fix: "give larger sizes, or elements of fewer bits: a level has no room for one element of each tensor it keeps",
    });
  }
  const spent = `${Math.round(result.samples)} samples`;
  // Where a bound is left, nothing is proven.
  const fits = method === "exact" && result.lowerBound === undefined ? "fits" : "was found that fits";
  return new LoopnestError({
    code: "infeasible",
    problem: `no design of ${inputs.workload.name} on ${inputs.target.name} ${fits}${within} (${spent})`,
    fix: limits.length > 0 ? await limitsToGive(plan, smallest) : "free more sizes, or spend more samples",
  });
}

async function limitsToGive(plan: SearchPlan, smallest: SmallestHardware): Promise<string> {
  const { maxAreaMm2 = Number.POSITIVE_INFINITY } = plan.objective;
  const least = `the smallest hardware that runs it has ${quantity(smallest.areaMm2)} mm2`;
  if (smallest.areaMm2 > maxAreaMm2) return `raise the limit: ${least}`;
  const held = limitsOf(plan.objective).find(({ of }) => of !== "area");
  if (held === undefined) return `raise the limit, or spend more samples: ${least}`;
  const closest = await bestOf(plan, held.of);
  const within = maxAreaMm2 < Number.POSITIVE_INFINITY ? ` within ${maxAreaMm2} mm2` : "";
  if (closest === null) return `raise a limit, or spend more samples: ${least}`;
  const { value, areaMm2 } = closest;
  const area = areaMm2 > 0 ? ` on ${quantity(areaMm2)} mm2` : "";
  const [kind, takes] = KNOWN[held.of] ?? ["best", "reaches"];
  const unit = objectiveUnit(held.of);
  return (
    `raise the limit, or spend more samples: the ${kind} design known${within} ${takes} ${quantity(value)} ` +
    `${unit}${area}`
  );
}

/** How the design that is best in something is called, and what it does. */
const KNOWN: Partial<Record<ObjectiveName, readonly [kind: string, takes: string]>> = {
  latency: ["fastest", "takes"],
  energy: ["most frugal", "takes"],
};

/** What a short search for what a limit holds down finds within the limit of area. */
async function bestOf(plan: SearchPlan, name: ObjectiveName) {
  const { maxAreaMm2 } = plan.objective;
  const task = await searchTask({ ...plan, objective: { name, ...(maxAreaMm2 !== undefined && { maxAreaMm2 }) } });
  const { best } = await runSearch(descent, task, { seed: plan.options.seed, samples: SAMPLES, starts: STARTS });
  return best;
}
