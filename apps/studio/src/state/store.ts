import type { Studio } from "./studio.js";
import type { Transition } from "./transitions.js";

/** Holds the one state, and tells of every other one. */
export interface Store {
  readonly studio: Studio;
  update(transition: Transition): void;
  /** @returns Ends it. */
  listen(listener: (studio: Studio) => void): () => void;
}

export function makeStore(first: Studio): Store {
  let studio = first;
  const listeners = new Set<(studio: Studio) => void>();
  return {
    get studio() {
      return studio;
    },
    update(transition) {
      const next = transition(studio);
      if (next === studio) return;
      studio = next;
      for (const listener of listeners) listener(studio);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
