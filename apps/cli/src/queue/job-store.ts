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
  /** The records of jobs, in their order; `null` of one that is not wanted any more, or is too large to be one. */
  records(keys: readonly string[]): Promise<(string | null | typeof TOO_LARGE)[]>;
  /** Keeps answers under keys that have none yet. @returns The others, with the answers that were there. */
  commit(answers: readonly (readonly [key: string, answer: string])[]): Promise<(readonly [string, string])[]>;
  /** Notes another answer than the one that was there. */
  contradict(key: string, answer: string): Promise<void>;
  /** Answers that wait, in pieces. */
  answers(): AsyncIterable<readonly (readonly [key: string, answer: string])[]>;
  contradictions(): Promise<(readonly [key: string, answer: string])[]>;
  /** Takes away the answers of some keys, and their jobs. */
  remove(keys: readonly string[]): Promise<void>;
}

/** Stands for the record of a job that is too large to be one. */
export const TOO_LARGE = Symbol("too large");

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
    async records(keys) {
      const pipeline = redis.pipeline();
      for (const key of keys) pipeline.hstrlen(jobs, key).hexists(answers, key);
      const found = (await pipeline.exec())!.map(([error, value]) => {
        if (error !== null) throw error;
        return Number(value);
      });
      const isWanted = keys.map((_, i) => found[2 * i]! <= MOST_RECORD && found[2 * i + 1] === 0);
      const wanted = keys.filter((_, i) => isWanted[i]);
      const texts = wanted.length === 0 ? [] : await redis.hmget(jobs, ...wanted);
      return keys.map((_, i) => (isWanted[i] ? texts.shift()! : found[2 * i]! > MOST_RECORD ? TOO_LARGE : null));
    },
    async commit(own) {
      if (own.length === 0) return [];
      const pipeline = redis.pipeline();
      for (const [key, answer] of own) pipeline.hsetnx(answers, key, answer);
      const kept = (await pipeline.expire(answers, KEEP_S).exec())!;
      const late = own.flatMap(([key], i) => {
        const [error, isNew] = kept[i]!;
        if (error !== null) throw error;
        return isNew === 1 ? [] : [key];
      });
      if (late.length === 0) return [];
      const there = await redis.hmget(answers, ...late);
      return late.flatMap((key, i) => (there[i] === null ? [] : [[key, there[i]!] as const]));
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
