/** Says how much longer work takes, from how fast it went of late: machines warm up, and other work comes between. */
export interface TimeLeft {
  /**
   * Takes a reading; returns seconds, or `null` as long as too little is known. @param done Of `all`, in the same unit.
   */
  read(done: number, all: number): number | null;
}

/** Readings older than this do not count, in milliseconds. */
const WINDOW_MS = 20_000;
/** Shortest span of readings that says anything. */
const LEAST_MS = 1000;

export function makeTimeLeft(): TimeLeft {
  const readings: { readonly at: number; readonly done: number }[] = [];
  return {
    read(done, all) {
      const now = performance.now();
      readings.push({ at: now, done });
      while (readings.length > 2 && readings[1]!.at <= now - WINDOW_MS) readings.shift();
      const { at, done: before } = readings[0]!;
      if (now - at < LEAST_MS || done <= before) return null;
      return ((now - at) / 1000 / (done - before)) * Math.max(0, all - done);
    },
  };
}
