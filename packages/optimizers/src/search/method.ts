import type { Design, SearchHooks, SearchResult, SearchTask } from "./task.js";

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
   * The options of a further round of parts that builds on the results of all rounds before, if the method has one;
   * `null` after the last. They are plain data, and for its parts alone.
   */
  nextRound?(task: SearchTask, options: Options, results: readonly SearchResult[]): Options | null;
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
  /** Whether parts hand over to `finish` what is large: the search then stays on one machine. */
  readonly handsOver?: boolean;
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
