import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RoomProps } from "../state/room.js";
import { type View, views } from "../state/studio.js";

type Room = ComponentType<RoomProps>;

/**
 * Each room with what it needs, the model and its searches included, comes by itself: the first one is there at once.
 */
const LOADERS: Readonly<Record<View, () => Promise<Room>>> = {
  network: async () => (await import("../network/network-view.js")).NetworkView,
  machine: async () => (await import("../machine/machine-view.js")).MachineView,
  mapping: async () => (await import("../mapping/mapping-view.js")).MappingView,
  time: async () => (await import("../time/time-view.js")).TimeView,
  search: async () => (await import("../search/search-view.js")).SearchView,
  hardware: async () => (await import("../hardware/hardware-view.js")).HardwareView,
  compare: async () => (await import("../compare/compare-view.js")).CompareView,
};

const loaded = new Map<View, Room>();

/** Loads a room, once. */
export async function loadRoom(view: View): Promise<Room> {
  const room = loaded.get(view) ?? (await LOADERS[view]());
  loaded.set(view, room);
  return room;
}

/** The room of a view; `null` until it has come. */
export function useRoom(view: View): Room | null {
  const [, setCome] = useState<View | null>(null);
  useEffect(() => {
    let wanted = true;
    if (!loaded.has(view)) void loadRoom(view).then(() => wanted && setCome(view));
    return () => {
      wanted = false;
    };
  }, [view]);
  return loaded.get(view) ?? null;
}

/** Loads the other rooms when nothing else is to do: the page then works off the network. */
export function loadOtherRooms(): void {
  const next = ([view, ...rest]: readonly View[]) => {
    if (view === undefined) return;
    const go = () => void loadRoom(view).then(() => next(rest));
    if (typeof requestIdleCallback === "function") requestIdleCallback(go);
    else setTimeout(go, 200);
  };
  next(views.filter((view) => !loaded.has(view)));
}
