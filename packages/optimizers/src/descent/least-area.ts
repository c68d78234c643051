import { limitsOf } from "../search/objective.js";
import type { Design, SearchResult, SearchTask } from "../search/task.js";

/** Areas that are tried, one after the other. */
const TRIALS = 5;
/** What a search for a first design may spend, in trials. */
const FIRST = 4;
/** The least area that is thought possible, as a share of one that is known to be: where halving begins. */
const DEEPEST = 1 / 16;

/**
 * Least area under a limit on energy, latency or EDP, the other way round: the least of what is limited within an area,
 * the area halved in ratio as long as the limit is kept. A search walks better along what falls smoothly than along
 * area, which only sizes decide.
 *
 * @param known A design that keeps the limits, if there is one.
 * @param search Searches a task, from scratch, with a share of what all trials together may spend.
 * @returns Results of all trials as results of the task; none where nothing but area is limited.
 */
export async function leastArea(
  task: SearchTask,
  known: Design | null,
  search: (task: SearchTask, share: number) => Promise<SearchResult>,
): Promise<SearchResult[]> {
  const limit = limitsOf(task.objective).find(({ of }) => of !== "area");
  if (limit === undefined) return [];
  const results: SearchResult[] = [];
  const keep = (result: SearchResult) => {
    const { best } = result;
    const keeps = best !== null && best.value <= limit.most;
    results.push({ ...result, best: keeps ? { ...best, value: best.areaMm2 } : null, convergence: [] });
    return keeps ? best.areaMm2 : null;
  };
  const within = (maxAreaMm2?: number): SearchTask => ({
    ...task,
    objective: { ...task.objective, name: limit.of, ...(maxAreaMm2 !== undefined && { maxAreaMm2 }) },
  });
  // To keep the limit at all is the first thing: it may be close to what is possible.
  const shares = TRIALS + (known === null ? FIRST : 0);
  let possible = known?.areaMm2 ?? keep(await search(within(), FIRST / shares));
  if (possible === null) return results;
  let tooSmall = possible * DEEPEST;
  for (let trial = 0; trial < TRIALS; trial++) {
    const middle = Math.sqrt(possible * tooSmall);
    const found = keep(await search(within(middle), 1 / shares));
    if (found === null) tooSmall = middle;
    else possible = found;
  }
  return results;
}
