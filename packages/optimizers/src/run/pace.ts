import type { SearchHooks } from "../search/task.js";

/** Lets the event loop run now and then during long work, so that signals and messages are heard. */
export interface Pace {
  /** Resolves at once, or after a turn of the event loop if `everyMs` have passed since the last one. */
  breathe(): Promise<void> | undefined;
}

/**
 * @param hold Asked at every turn; what it returns is waited for.
 * @param everyMs Milliseconds of work between turns.
 */
export function makePace(hold?: SearchHooks["hold"], everyMs = 50): Pace {
  let last = performance.now();
  return {
    breathe() {
      if (performance.now() - last < everyMs) return undefined;
      return turn(hold).then(() => {
        last = performance.now();
      });
    },
  };
}

async function turn(hold: SearchHooks["hold"]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await hold?.();
}
