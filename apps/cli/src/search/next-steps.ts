import { type FreeSize, greatestSize, leastSize } from "@loopnest/mapspace";
import { type Design, descent, type SearchResult, smallestWithin } from "@loopnest/optimizers";
import type { NextSteps } from "@loopnest/report";
import { isProgramModel } from "../external/program-model.js";
import { energyTableOf } from "../input/energy-table-input.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";

/** Of the best value: shares within which the smallest design is looked for. */
const SHARES = [0.01, 0.05] as const;
/** What looking for one may cost: for area, and as much for energy. */
const SAMPLES = 2000;

/**
 * What an architect asks next of a design: which sizes stand at an end of their range or could shrink, and the smallest
 * design within 1 % and 5 % of its value, found by short descents from it.
 *
 * @returns Nothing where no size is searched, area is part of the objective, or it was asked for within a share
 * already.
 */
export async function nextSteps(
  plan: SearchPlan,
  found: SearchResult & { readonly best: Design },
): Promise<NextSteps | undefined> {
  const { inputs, fixed, objective, options } = plan;
  const free = inputs.target.sizes.filter(({ name }) => !(name in fixed));
  if (free.length === 0 || objective.name === "area" || objective.name === "edap") return undefined;
  const { best } = found;
  const smaller: NextSteps["smaller"][number][] = [];
  const task = await searchTask(plan);
  // A program has no gradient to descend by.
  const descends = found.within === undefined && !isProgramModel(task.model);
  if (descends && energyTableOf(inputs.energyTable).hasAreas) {
    // An exact search counts its samples only.
    const samples = plan.method === "exact" ? SAMPLES : Math.min(SAMPLES, options.samples);
    let last = best.areaMm2;
    for (const within of SHARES) {
      const result = await smallestWithin(
        descent,
        task,
        { seed: options.seed, samples },
        { share: within, found, parts: [] },
      );
      const { value, areaMm2, hardware } = result.best!;
      if (areaMm2 < last) smaller.push({ within, value, areaMm2, hardware });
      last = Math.min(last, areaMm2);
    }
  }
  const sizes = free.flatMap((size): NextSteps["sizes"][number][] => {
    const value = best.hardware[size.name]!;
    const bound = boundOf(size, value);
    const there = smaller[0]?.hardware[size.name] ?? value;
    if (bound === undefined && there >= value) return [];
    return [
      { name: size.name, value, ...(bound !== undefined && { bound }), ...(there < value && { smaller: there }) },
    ];
  });
  return { sizes, smaller };
}

function boundOf(size: FreeSize, value: number): "largest" | "smallest" | undefined {
  if (value >= greatestSize(size)) return "largest";
  return value <= leastSize(size) ? "smallest" : undefined;
}
