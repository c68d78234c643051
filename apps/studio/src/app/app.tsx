import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { MappingView } from "../mapping/mapping-view.js";
import { NetworkView } from "../network/network-view.js";
import { SearchView } from "../search/search-view.js";
import type { RoomProps } from "../state/room.js";
import type { Store } from "../state/store.js";
import type { View } from "../state/studio.js";
import { Header } from "./header.js";
import { Navigation } from "./navigation.js";
import { listenForUndo } from "./undo-keys.js";

const ROOMS: Partial<Record<View, (props: RoomProps) => JSX.Element>> = {
  network: NetworkView,
  mapping: MappingView,
  search: SearchView,
};

/** The whole page: header, rooms, and the room that one is in. */
export function App({ store }: { readonly store: Store }) {
  const [studio, setStudio] = useState(store.studio);
  const { update } = store;
  useEffect(() => store.listen(setStudio), [store]);
  const Room = ROOMS[studio.view] ?? NetworkView;
  useEffect(() => listenForUndo(update), [update]);
  return (
    <div class="shell">
      <Header studio={studio} update={update} />
      <Navigation view={studio.view} update={update} />
      <main id="main" tabIndex={-1}>
        <Room studio={studio} update={update} />
      </main>
    </div>
  );
}
