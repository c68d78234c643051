import { makePace } from "../run/pace.js";
import type { Progress, SearchHooks } from "../search/task.js";

/** Called now and then: lets the event loop run, reports progress, and says whether the search may go on. */
export interface Watcher {
  (): boolean | Promise<boolean>;
  /** Reports at once. */
  report(): void;
}

/** @param state What to report; at most every `everyMs`. */
export function watcher(hooks: SearchHooks, state: () => Progress, everyMs = 100): Watcher {
  const { breathe } = makePace();
  let reported = performance.now();
  const wanted = () => hooks.signal?.aborted !== true;
  const report = () => {
    reported = performance.now();
    hooks.onProgress?.(state());
  };
  const watch = () => {
    if (performance.now() - reported >= everyMs) report();
    return breathe()?.then(wanted) ?? wanted();
  };
  return Object.assign(watch, { report });
}
