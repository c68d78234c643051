import type { KeyTable } from "./key-table.js";

/** What is known of a key: nothing yet, a result, or a failure that may be tried again. */
export type KeyState = "left" | "done" | "failed";

/**
 * What committing a result under a key has come to: it is new, one that was there already, or another one than was
 * there.
 */
export type Commit = "new" | "same" | "conflict";

/** Which keys have a result, each once, however often one arrives; and where each result is kept. 22 bytes a key. */
export interface Ledger {
  readonly keys: KeyTable;
  readonly done: number;
  readonly failed: number;
  readonly left: number;
  /** The state of the key at a place. */
  stateAt(index: number): KeyState;
  /** Where the result or failure of a key is kept, as `place` told; -1 if there is none. */
  placeAt(index: number): number;
  /**
   * Commits a result: a first one counts, every other must be the same. A failure is replaced.
   *
   * @param digest Of the result, in hexadecimal, 16 digits at least; those beyond 24 do not count.
   * @param place Where it is kept.
   */
  commit(index: number, digest: string, place: number): Commit;
  /** Says what a commit would come to. */
  judge(index: number, digest: string): Commit;
  /** Notes a failure; a result stays. */
  fail(index: number, place: number): void;
}

const LEFT = 0;
const DONE = 1;
const FAILED = 2;
const NAMES: readonly KeyState[] = ["left", "done", "failed"];
const DIGEST = 12;

/** A ledger in which nothing is done. */
export function emptyLedger(keys: KeyTable): Ledger {
  const states = new Uint8Array(keys.size);
  const digests = new Uint8Array(keys.size * DIGEST);
  const places = new Float64Array(keys.size).fill(-1);
  const counts = [keys.size, 0, 0];
  const move = (index: number, state: number) => {
    counts[states[index]!]!--;
    counts[state]!++;
    states[index] = state;
  };
  const bytesOf = (digest: string) =>
    Array.from({ length: DIGEST }, (_, i) => Number.parseInt(digest.slice(2 * i, 2 * i + 2) || "0", 16));
  const judge = (index: number, digest: string): Commit => {
    if (states[index] !== DONE) return "new";
    return bytesOf(digest).every((byte, i) => digests[index * DIGEST + i] === byte) ? "same" : "conflict";
  };
  return {
    keys,
    get left() {
      return counts[LEFT]!;
    },
    get done() {
      return counts[DONE]!;
    },
    get failed() {
      return counts[FAILED]!;
    },
    stateAt: (index) => NAMES[states[index]!]!,
    placeAt: (index) => places[index]!,
    judge,
    commit(index, digest, place) {
      const outcome = judge(index, digest);
      if (outcome !== "new") return outcome;
      digests.set(bytesOf(digest), index * DIGEST);
      places[index] = place;
      move(index, DONE);
      return "new";
    },
    fail(index, place) {
      if (states[index] === DONE) return;
      places[index] = place;
      move(index, FAILED);
    },
  };
}
