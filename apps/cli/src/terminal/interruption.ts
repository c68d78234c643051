/** Ctrl-C and requests to end, as a signal. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves the signals to the system again. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The first signal asks the search to stop; the second one ends the program at once. */
export function watchInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  const release = () => {
    for (const name of SIGNALS) process.removeListener(name, stop);
  };
  const stop = () => {
    release();
    onFirst();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  return { signal: controller.signal, release };
}
