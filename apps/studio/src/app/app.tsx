import { useEffect, useState } from "preact/hooks";
import { NetworkView } from "../network/network-view.js";
import type { Store } from "../state/store.js";
import { Header } from "./header.js";
import { Navigation } from "./navigation.js";

/** The whole page: header, rooms, and the room that one is in. */
export function App({ store }: { readonly store: Store }) {
  const [studio, setStudio] = useState(store.studio);
  useEffect(() => store.listen(setStudio), [store]);
  const { update } = store;
  return (
    <div class="shell">
      <Header studio={studio} update={update} />
      <Navigation view={studio.view} update={update} />
      <main id="main" tabIndex={-1}>
        <NetworkView studio={studio} update={update} />
      </main>
    </div>
  );
}
