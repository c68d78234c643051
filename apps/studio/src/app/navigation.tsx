import { type View, views } from "../state/studio.js";
import { goTo, type Transition } from "../state/transitions.js";

/** Name and picture of every room: a path in a box of 24 by 24. */
const ROOMS: Readonly<Record<View, readonly [title: string, path: string]>> = {
  network: ["Network", "M5 6h14M5 12h14M5 18h14M9 4v16"],
  machine: ["Machine", "M5 4h14v4H5zM7 11h10v4H7zM9 18h6v3H9zM12 8v3M12 15v3"],
  mapping: ["Mapping", "M4 5h16M4 5v14M8 10h12M8 10v9M12 15h8M12 15v4"],
  time: ["Time", "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4l3 2"],
  search: ["Search", "M4 5v14h16M6 8c4 0 4 8 8 8h5"],
  hardware: ["Hardware", "M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h11M19 17h1M17 15v4"],
  compare: ["Compare", "M6 20V9M10 20V5M15 20v-8M19 20v-5M4 20h17"],
};

/** What a room is called. */
export function roomTitle(view: View): string {
  return ROOMS[view][0];
}

interface NavigationProps {
  readonly view: View;
  readonly update: (transition: Transition) => void;
}

/** The rooms, the one that one is in marked. */
export function Navigation({ view, update }: NavigationProps) {
  return (
    <nav class="rooms" aria-label="Rooms">
      {views.map((name) => {
        const [title, path] = ROOMS[name];
        return (
          <button
            key={name}
            type="button"
            aria-current={name === view ? "page" : undefined}
            onClick={() => update(goTo(name))}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={path} />
            </svg>
            {title}
          </button>
        );
      })}
    </nav>
  );
}
