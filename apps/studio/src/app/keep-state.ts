import { keep, readKept } from "../state/kept-state.js";
import type { Store } from "../state/store.js";
import { firstStudio, type Studio } from "../state/studio.js";
import { studioOf, urlOf } from "../state/url-state.js";

/** Changes of this many milliseconds are kept together. */
const TOGETHER_MS = 250;

/** What a visit begins with: what a link says; at a reload all that was there; at the first visit, an example. */
export async function stateAtStart(hash: string): Promise<Studio> {
  const [linked, kept] = [studioOf(hash), await readKept()];
  if (linked === null) return kept ?? firstStudio();
  // The same link as the state that was left: this is a reload, which knows more than the link.
  if (kept !== null && urlOf(kept) === urlOf(linked)) return kept;
  return { ...linked, designs: kept?.designs ?? [] };
}

/** Keeps the state in the address and for the next visit; and follows a link that is opened on the page. */
export function keepState(store: Store): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const url = urlOf(store.studio);
    if (url !== location.hash) history.replaceState(null, "", url || location.pathname);
    void keep(store.studio);
  };
  store.listen(() => {
    timer ??= setTimeout(write, TOGETHER_MS);
  });
  addEventListener("pagehide", () => timer !== undefined && write());
  addEventListener("hashchange", () => {
    const linked = studioOf(location.hash);
    if (linked !== null) store.update((studio) => ({ ...linked, designs: studio.designs }));
  });
}
