import { LoopnestError } from "@loopnest/mapspace";
import { certificate } from "./certificate.js";
import { checkSearch } from "./check-search.js";
import type { Design, SearchHooks, SearchResult, SearchTask } from "./task.js";
import { checkWithin, smallestWithin } from "./within.js";

/** What every method takes. */
export interface SearchOptions {
  /** Any integer; the same seed gives the same answer. */
  readonly seed: number;
  /** Evaluations of the whole network that may be spent. */
  readonly samples: number;
  /**
   * Asks for the design of least area (then of least energy) within this share of the best value found: 0.05 for 5 %.
   * Where area is the objective, for that of least energy.
   */
  readonly within?: number;
}

/**
 * A search method. Its work falls into independent parts (start points, say) that may run in any order, in parallel and
 * on other threads: the answer is combined from their results, in their order, and does not depend on how they ran.
 */
export interface SearchMethod<Options extends SearchOptions = SearchOptions> {
  readonly name: string;
  /** Number of independent parts. */
  parts(task: SearchTask, options: Options): number;
  /**
   * Runs one part, from 0 to `parts - 1`. Yields to the event loop now and then, so that `signal` is heard. A bound
   * that it proves holds of all designs of the task, not of what the part looked at alone.
   */
  run(task: SearchTask, options: Options, part: number, hooks: SearchHooks): Promise<SearchResult>;
  /**
   * Goes on from the results of all parts, if the method does; its result counts as one more part. Of a search that was
   * stopped it is given the parts there are, and only if `finishesStopped`.
   */
  finish?(
    task: SearchTask,
    options: Options,
    parts: readonly SearchResult[],
    hooks: SearchHooks,
  ): Promise<SearchResult>;
  /**
   * Searches for another objective over the same space, from a design that keeps its limits; its value is that of the
   * task's objective. Without it, `within` runs the first part anew.
   *
   * @param parts Results of the parts of the search that found the design: what they say of the space still holds.
   */
  goOn?(
    task: SearchTask,
    options: Options,
    design: Design,
    parts: readonly SearchResult[],
    hooks: SearchHooks,
  ): Promise<SearchResult>;
  /** Whether `finish` draws its conclusions, at once, from a search that was stopped, too. */
  readonly finishesStopped?: boolean;
}

/** Runs all parts and returns their results in order: `runInTurn`, or one that spreads them over threads. */
export type PartRunner = <Options extends SearchOptions>(
  method: SearchMethod<Options>,
  task: SearchTask,
  options: Options,
  hooks: SearchHooks,
) => Promise<SearchResult[]>;

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
  const parts = await runParts(method, task, options, hooks);
  const found = await conclude(method, task, options, parts, hooks);
  const { best } = found;
  if (within === undefined || best === null || hooks.signal?.aborted) return found;
  return smallestWithin(method, task, options, within, { ...found, best }, parts, hooks);
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

/**
 * One result from the results of all parts, in the order of the parts: their samples count one after the other, the
 * first of equally good designs wins.
 */
export function combine(method: string, seed: number, parts: readonly SearchResult[]): SearchResult {
  if (parts.length === 1) return parts[0]!;
  let best: SearchResult["best"] = null;
  let samples = 0;
  let seconds = 0;
  let stopped = false;
  const convergence: { samples: number; seconds: number; value: number }[] = [];
  for (const part of parts) {
    for (const point of part.convergence) {
      const last = convergence[convergence.length - 1];
      if (last !== undefined && point.value >= last.value) continue;
      convergence.push({ samples: samples + point.samples, seconds: seconds + point.seconds, value: point.value });
    }
    best = better(best, part.best);
    samples += part.samples;
    seconds += part.seconds;
    stopped ||= part.stopped;
  }
  return { method, seed, best, samples, seconds, convergence, stopped, ...certificate(best, boundOf(parts)) };
}

/** Each part's bound holds of all designs: the greatest says most. */
function boundOf(parts: readonly SearchResult[]): number | undefined {
  const bounds = parts.flatMap(({ lowerBound }) => (lowerBound === undefined ? [] : [lowerBound]));
  return bounds.length === 0 ? undefined : Math.max(...bounds);
}

function better(a: SearchResult["best"], b: SearchResult["best"]): SearchResult["best"] {
  if (a === null || b === null) return a ?? b;
  return b.value < a.value ? b : a;
}

/** @throws LoopnestError `input` unless samples are a positive and the seed any whole number. */
export function checkOptions(options: SearchOptions): void {
  const { seed, samples } = options;
  if (!Number.isSafeInteger(seed)) fail("seed", seed, "an integer");
  if (!Number.isSafeInteger(samples) || samples < 1) fail("samples", samples, "a positive integer");
}

function fail(path: string, got: number, expected: string): never {
  throw new LoopnestError({
    code: "input",
    path,
    problem: `${path} is ${got}`,
    fix: `give ${expected}`,
    expected,
    got,
  });
}
