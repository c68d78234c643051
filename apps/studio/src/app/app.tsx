import { useEffect, useState } from "preact/hooks";
import type { Store } from "../state/store.js";
import type { View } from "../state/studio.js";
import { Header } from "./header.js";
import { Navigation, roomTitle } from "./navigation.js";
import { OpenedNote } from "./opened-note.js";
import { loadOtherRooms, useRoom } from "./rooms.js";
import { listenForUndo } from "./undo-keys.js";
import { useOpening } from "./use-opening.js";

/** Rooms whose heading is what they show. */
const NAMED: readonly View[] = ["network", "machine"];

/** The whole page: header, rooms, and the room that one is in. Files can be dropped anywhere. */
export function App({ store }: { readonly store: Store }) {
  const [studio, setStudio] = useState(store.studio);
  const { update } = store;
  const opening = useOpening(update);
  useEffect(() => store.listen(setStudio), [store]);
  useEffect(() => listenForUndo(update), [update]);
  const Room = useRoom(studio.view);
  useEffect(loadOtherRooms, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of two; the header has a button.
    <div
      class="shell"
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        void opening.open(event.dataTransfer);
      }}
    >
      <Header studio={studio} update={update} onOpen={(files) => void opening.open(files)} />
      <Navigation view={studio.view} update={update} />
      <main id="main" tabIndex={-1}>
        <OpenedNote opening={opening} />
        {!NAMED.includes(studio.view) && <h2 class="unseen">{roomTitle(studio.view)}</h2>}
        {Room !== null && <Room studio={studio} update={update} />}
      </main>
    </div>
  );
}
