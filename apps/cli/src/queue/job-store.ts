import type { Redis } from "ioredis";
import { version } from "../../package.json";
import { type Contents, checkedContent, textHash } from "../jobs/contents.js";

/**
 * What a queue's server keeps of one session: its jobs, and answers that nobody has fetched yet. Contents are common to
 * all.
 */
export interface JobStore {
  readonly contents: Contents;
  putJobs(jobs: readonly (readonly [key: string, record: string])[]): Promise<void>;
  /** The record of a job; `null` if it is not wanted any more. @throws RangeError if it is too large to be one. */
  job(key: string): Promise<string | null>;
  /** Keeps an answer, unless there is one already: then that one is returned. */
  commit(key: string, answer: string): Promise<string | null>;
  /** Notes another answer than the one that was there. */
  contradict(key: string, answer: string): Promise<void>;
  /** Answers that wait, in pieces. */
  answers(): AsyncIterable<readonly (readonly [key: string, answer: string])[]>;
  contradictions(): Promise<(readonly [key: string, answer: string])[]>;
  /** Takes away the answers of some keys, and their jobs. */
  remove(keys: readonly string[]): Promise<void>;
}

/** Seconds after which what nobody asks for goes away: a server does not fill up with what was given up. */
const KEEP_S = 7 * 24 * 3600;
/** Bytes of a record, and of a content, beyond which none is read. */
const MOST_RECORD = 1 << 16;
const MOST_CONTENT = 1 << 26;

/** All names of loopnest on a server begin so. */
export const PREFIX = "loopnest";

/** Name of the queue: workers of another version never see its jobs. */
export const QUEUE = `jobs-${version}`;

/** @param session Of hexadecimal digits. */
export function jobStore(redis: Redis, session: string): JobStore {
  const name = (what: string) => `${PREFIX}:${session}:${what}`;
  const [jobs, answers, contradictions] = [name("jobs"), name("answers"), name("contradictions")];
  return {
    contents: redisContents(redis),
    async putJobs(records) {
      if (records.length === 0) return;
      await redis.pipeline().hset(jobs, Object.fromEntries(records)).expire(jobs, KEEP_S).exec();
    },
    async job(key) {
      if ((await redis.hstrlen(jobs, key)) > MOST_RECORD) throw new RangeError("the record of a job is too large");
      return redis.hget(jobs, key);
    },
    async commit(key, answer) {
      if ((await redis.hsetnx(answers, key, answer)) === 1) {
        await redis.expire(answers, KEEP_S);
        return null;
      }
      return redis.hget(answers, key);
    },
    async contradict(key, answer) {
      await redis.pipeline().rpush(contradictions, key, answer).expire(contradictions, KEEP_S).exec();
    },
    async *answers() {
      let cursor = "0";
      do {
        const [next, entries] = await redis.hscan(answers, cursor, "COUNT", 100);
        cursor = next;
        yield entries.flatMap((key, i) => (i % 2 === 0 ? [[key, entries[i + 1]!] as const] : []));
      } while (cursor !== "0");
    },
    async contradictions() {
      const entries = await redis.lrange(contradictions, 0, -1);
      return entries.flatMap((key, i) => (i % 2 === 0 ? [[key, entries[i + 1]!] as const] : []));
    },
    async remove(keys) {
      if (keys.length === 0) return;
      await redis
        .pipeline()
        .hdel(answers, ...keys)
        .hdel(jobs, ...keys)
        .exec();
    },
  };
}

/** Contents on a server: inputs travel there once. */
export function redisContents(redis: Redis): Contents {
  const name = (sha256: string) => `${PREFIX}:content:${sha256}`;
  return {
    async put(text) {
      const sha256 = textHash(text);
      await redis.set(name(sha256), text, "EX", KEEP_S, "NX");
      return sha256;
    },
    async get(sha256) {
      const length = await redis.strlen(name(sha256));
      return checkedContent(sha256, length > MOST_CONTENT ? null : await redis.get(name(sha256)));
    },
  };
}
