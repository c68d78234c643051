import type { Redis } from "ioredis";
import { PREFIX } from "./job-store.js";

/** A coordinator that is alive, as it says of itself. */
export interface SessionNews {
  readonly session: string;
  readonly name: string;
  readonly version: string;
  /** Who coordinates it: host and process. */
  readonly by: string;
  readonly done: number;
  readonly failed: number;
  /** `null` if it is not known before. */
  readonly left: number | null;
  readonly jobsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** A worker that is alive. */
export interface WorkerNews {
  /** Host and process. */
  readonly name: string;
  readonly version: string;
  readonly threads: number;
  /** Jobs that it does, in words. */
  readonly doing: readonly string[];
  readonly done: number;
}

/**
 * Milliseconds without news after which somebody counts as gone; by the server's clock, so that those of others do not
 * matter.
 */
const GONE_MS = 20_000;

/** How often news are to be told, in milliseconds. */
export const NEWS_MS = 5000;

const [SESSION, WORKER] = ["session", "worker"].map((kind) => `${PREFIX}:${kind}`);

export function tellSession(redis: Redis, news: SessionNews): Promise<unknown> {
  return redis.set(`${SESSION}:${news.session}`, JSON.stringify(news), "PX", GONE_MS);
}

export function tellWorker(redis: Redis, news: WorkerNews): Promise<unknown> {
  return redis.set(`${WORKER}:${news.name}`, JSON.stringify(news), "PX", GONE_MS);
}

export function forgetSession(redis: Redis, session: string): Promise<unknown> {
  return redis.del(`${SESSION}:${session}`);
}

export function forgetWorker(redis: Redis, name: string): Promise<unknown> {
  return redis.del(`${WORKER}:${name}`);
}

export function livingSessions(redis: Redis): Promise<SessionNews[]> {
  return living(redis, SESSION!);
}

export function livingWorkers(redis: Redis): Promise<WorkerNews[]> {
  return living(redis, WORKER!);
}

async function living<T extends { readonly version: string }>(redis: Redis, kind: string): Promise<T[]> {
  const names: string[] = [];
  let cursor = "0";
  do {
    const [next, found] = await redis.scan(cursor, "MATCH", `${kind}:*`, "COUNT", 1000);
    cursor = next;
    names.push(...found);
  } while (cursor !== "0");
  if (names.length === 0) return [];
  const texts = await redis.mget([...new Set(names)].sort());
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as T]));
}
