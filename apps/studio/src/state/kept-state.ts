import type { Studio } from "./studio.js";

/** Grows when an older state can no longer be read: that one is left behind. */
const VERSION = 2;
const NAME = "loopnest-studio";

/** The state as the last visit left it; `null` at the first one, or where the browser keeps nothing. */
export async function readKept(): Promise<Studio | null> {
  try {
    const kept = await ask<{ version: number; studio: Studio } | undefined>("readonly", (store) => store.get("studio"));
    return kept?.version === VERSION ? withoutSearch(kept.studio) : null;
  } catch {
    return null;
  }
}

/** Keeps a state for the next visit; says nothing where the browser keeps nothing. */
export async function keep(studio: Studio): Promise<void> {
  await ask("readwrite", (store) => store.put({ version: VERSION, studio }, "studio")).catch(() => {});
}

/** A search does not outlive its page: its best is there, it no longer runs. */
function withoutSearch(studio: Studio): Studio {
  const { search } = studio;
  const ran = search !== null && (search.status === "running" || search.status === "paused");
  return ran ? { ...studio, search: { ...search, status: "stopped" } } : studio;
}

function ask<T>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("state");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const asked = request(database.transaction("state", mode).objectStore("state"));
      asked.onsuccess = () => {
        done(asked.result as T);
        database.close();
      };
      asked.onerror = () => fail(asked.error);
    };
  });
}
