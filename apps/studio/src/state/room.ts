import type { Studio } from "./studio.js";
import type { Transition } from "./transitions.js";

/** What every room is given: the state, and the way to the next one. */
export interface RoomProps {
  readonly studio: Studio;
  readonly update: (transition: Transition) => void;
}
