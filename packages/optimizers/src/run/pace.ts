/** Lets the event loop run now and then during long work, so that signals and messages are heard. */
export interface Pace {
  /** Resolves at once, or after a turn of the event loop if `everyMs` have passed since the last one. */
  breathe(): Promise<void> | undefined;
}

/** @param everyMs Milliseconds of work between turns. */
export function makePace(everyMs = 50): Pace {
  let last = performance.now();
  return {
    breathe() {
      if (performance.now() - last < everyMs) return undefined;
      return new Promise((resolve) =>
        setTimeout(() => {
          last = performance.now();
          resolve();
        }, 0),
      );
    },
  };
}
