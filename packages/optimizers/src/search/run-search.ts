import { certificate } from "./certificate.js";
import { checkSearch } from "./check-search.js";
import { better, combine } from "./combine.js";
import type { PartRunner, SearchMethod, SearchOptions } from "./method.js";
import type { SearchHooks, SearchResult, SearchTask } from "./task.js";
import { checkWithin, smallestWithin } from "./within.js";

/**
 * Runs a method to its end: all parts, then what follows from them.
 *
 * @throws LoopnestError `input` if a part of the task or an option is missing or of another kind; what the method
 * throws.
 */
export async function runSearch<Options extends SearchOptions>(
  method: SearchMethod<Options>,
  task: SearchTask,
  options: Options,
  hooks: SearchHooks = {},
  runParts: PartRunner = runInTurn,
): Promise<SearchResult> {
  checkSearch(task, options);
  const { within } = options;
  if (within !== undefined) checkWithin(task.objective, within);
  const parts = await runRounds(method, task, options, hooks, runParts);
  const found = await conclude(method, task, options, parts, hooks);
  const { best } = found;
  if (within === undefined || best === null || hooks.signal?.aborted) return found;
  return smallestWithin(method, task, options, { share: within, found: { ...found, best }, parts }, hooks);
}

/** Runs the parts of all rounds, one round after the other. */
async function runRounds<Options extends SearchOptions>(
  method: SearchMethod<Options>,
  task: SearchTask,
  options: Options,
  hooks: SearchHooks,
  runParts: PartRunner,
): Promise<SearchResult[]> {
  const results: SearchResult[] = [];
  for (let round: Options | null = options; round !== null; ) {
    const before = results.length === 0 ? hooks : progressAfter(results, method.name, options, hooks);
    results.push(...(await runParts(method, task, round, before)));
    if (hooks.signal?.aborted === true) break;
    round = method.nextRound?.(task, round, results) ?? null;
  }
  return results;
}

/** What follows from the parts. */
async function conclude<Options extends SearchOptions>(
  method: SearchMethod<Options>,
  task: SearchTask,
  options: Options,
  parts: readonly SearchResult[],
  hooks: SearchHooks,
): Promise<SearchResult> {
  const stopped = hooks.signal?.aborted === true && method.finishesStopped !== true;
  if (method.finish === undefined || stopped) return combine(method.name, options.seed, parts);
  const after = progressAfter(parts, method.name, options, hooks);
  const last = await method.finish(task, options, parts, after);
  // What it proves takes the place of what the parts have proved.
  const { lowerBound: _, gap: __, ...account } = combine(method.name, options.seed, [...parts, last]);
  return { ...account, ...certificate(account.best, last.lowerBound) };
}

/** Runs the parts of a method one after the other. */
export const runInTurn: PartRunner = async (method, task, options, hooks) => {
  const results: SearchResult[] = [];
  const parts = method.parts(task, options);
  for (let part = 0; part < parts && !(part > 0 && hooks.signal?.aborted); part++) {
    results.push(await method.run(task, options, part, progressAfter(results, method.name, options, hooks)));
  }
  return results;
};

/** Hooks that report progress on top of what earlier parts have spent and found. */
function progressAfter(
  earlier: readonly SearchResult[],
  method: string,
  options: SearchOptions,
  hooks: SearchHooks,
): SearchHooks {
  const before = combine(method, options.seed, earlier);
  return {
    ...hooks,
    onProgress: (progress) =>
      hooks.onProgress?.({
        ...progress,
        samples: before.samples + progress.samples,
        budget: progress.budget === null ? null : options.samples,
        best: better(before.best, progress.best),
      }),
  };
}
