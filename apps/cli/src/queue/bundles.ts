import type { SearchJob } from "../jobs/job.js";
import { expectedTime } from "./expected-time.js";

/** Keys of jobs that one worker does one after the other: short jobs share what the queue costs. */
export interface Bundle {
  /** Of its first key: the same bundle is in the queue once. */
  readonly id: string;
  readonly keys: string[];
}

/** Puts jobs into bundles, and keeps count of those that are on their way. */
export interface Bundling {
  /** Whether a job is to wait, until it is known how long one of its kind takes. */
  isToWait(job: SearchJob): boolean;
  /** Puts a job into the bundle that is being filled, or a new one. */
  add(key: string, job: SearchJob): void;
  /** Bundles that were filled since they were taken last. */
  take(): Bundle[];
  /** A job has ended. @param seconds That it took, if it has found something. */
  ended(key: string, job: SearchJob, seconds: number | undefined): void;
  /** Those of some keys, without keys that have ended. */
  of(keys: Iterable<string>): Bundle[];
  /** Bundles on their way. */
  readonly size: number;
  /** How many jobs may be under way before one of their kind has ended. */
  mostUntried: number;
}

/** Seconds that a bundle is to take, and keys that it has at most. */
const BUNDLE_S = 0.5;
export const MOST_KEYS = 64;
const LEAST_UNTRIED = 32;

export function bundling(): Bundling {
  const expected = expectedTime();
  const bundleOf = new Map<string, string>();
  const untried = new Set<string>();
  const left = new Map<string, number>();
  let fresh: Bundle[] = [];
  let room = { seconds: 0, keys: 0 };
  return {
    mostUntried: LEAST_UNTRIED,
    get size() {
      return left.size;
    },
    isToWait(job) {
      return expected.of(job) === undefined && untried.size >= Math.max(LEAST_UNTRIED, this.mostUntried);
    },
    add(key, job) {
      const seconds = expected.of(job);
      if (seconds === undefined) untried.add(key);
      const last = fresh.at(-1);
      if (last !== undefined && room.keys > 0 && (seconds ?? BUNDLE_S) <= room.seconds) {
        last.keys.push(key);
        room = { seconds: room.seconds - seconds!, keys: room.keys - 1 };
      } else {
        fresh.push({ id: key, keys: [key] });
        room = { seconds: BUNDLE_S - (seconds ?? BUNDLE_S), keys: MOST_KEYS - 1 };
      }
      const { id } = fresh.at(-1)!;
      bundleOf.set(key, id);
      left.set(id, (left.get(id) ?? 0) + 1);
    },
    take() {
      const filled = fresh;
      fresh = [];
      return filled;
    },
    ended(key, job, seconds) {
      untried.delete(key);
      if (seconds !== undefined) expected.learn(job, seconds);
      const id = bundleOf.get(key);
      if (id === undefined) return;
      bundleOf.delete(key);
      const others = left.get(id)! - 1;
      if (others === 0) left.delete(id);
      else left.set(id, others);
    },
    of(keys) {
      const bundles = new Map<string, Bundle>();
      for (const key of keys) {
        const id = bundleOf.get(key);
        if (id === undefined) continue;
        const bundle = bundles.get(id) ?? { id, keys: [] };
        bundles.set(id, bundle);
        bundle.keys.push(key);
      }
      return [...bundles.values()];
    },
  };
}
