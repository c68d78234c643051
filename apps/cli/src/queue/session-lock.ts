import { LoopnestError } from "@loopnest/mapspace";
import type { Redis } from "ioredis";
import { PREFIX } from "./job-store.js";

/** The right to coordinate a session, which nobody else has at the same time. */
export interface SessionLock {
  /** Says that its owner lives. @throws LoopnestError `input` if somebody else has taken it meanwhile. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** Milliseconds without a sign after which a coordinator counts as gone; by the server's clock. */
const GONE_MS = 30_000;

/** Sets the lock if it is free or ours; returns who has it. */
const TAKE = `
local holder = redis.call("GET", KEYS[1])
if holder and string.match(holder, "^%S+") ~= string.match(ARGV[1], "^%S+") then return holder end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return ARGV[1]`;

const RELEASE = `if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end return 0`;

/**
 * Takes the right to coordinate a session.
 *
 * @param place The folder on this machine that the session belongs to, as one word: whoever holds the folder takes over
 * from a process before it that was killed.
 * @param name Of the coordinator, for others to read.
 * @throws LoopnestError `input` if another coordinator has it.
 */
export async function lockSession(redis: Redis, session: string, place: string, name: string): Promise<SessionLock> {
  const key = `${PREFIX}:${session}:coordinator`;
  const own = `${place} ${name}`;
  const take = async () => {
    const holder = String(await redis.eval(TAKE, 1, key, own, String(GONE_MS)));
    if (holder === own) return;
    throw new LoopnestError({
      code: "input",
      path: "--queue",
      problem: `the same work is being coordinated there already, by ${holder.slice(holder.indexOf(" ") + 1)}`,
      fix: "wait until it has ended (30 seconds, if it was killed), or start more workers for it",
    });
  };
  await take();
  return {
    renew: take,
    release: async () => void (await redis.eval(RELEASE, 1, key, own)),
  };
}
