import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { whole } from "@loopnest/report";
import type { Redis } from "ioredis";
import { version } from "../../package.json";
import { watchInterruption } from "../terminal/interruption.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { statusLine } from "../terminal/status-line.js";
import { PREFIX, QUEUE } from "./job-store.js";
import { forgetWorker, livingSessions, NEWS_MS, tellWorker } from "./presence.js";
import { queueUrl } from "./queue-url.js";
import { queuedWork } from "./queued-work.js";
import { loadQueuePackages, redisClient } from "./redis-client.js";

/** The options of `loopnest worker` as the command line gives them. */
export interface WorkerOptions extends OutputForm {
  readonly queue: string;
  readonly threads: number;
  /** Seconds without a sign of life after which a worker's jobs are given to others. */
  readonly lock: number;
}

/** Milliseconds between lines off a terminal. */
const PLAIN_EVERY_MS = 30_000;

/**
 * `loopnest worker`: does the jobs of a queue until Ctrl-C; then those that it has begun, unless there is a second one.
 *
 * @throws LoopnestError `input` if there is no queue, `unsupported` if all that is done there is of another version.
 */
export async function worker({ queue, threads, lock, ...form }: WorkerOptions): Promise<void> {
  const lockDuration = lock * 1000;
  const url = queueUrl(queue);
  const redis = await redisClient(url);
  const name = `${hostname()}:${process.pid}`;
  const line = statusLine(process.stderr, PLAIN_EVERY_MS);
  const work = queuedWork(redis, name, threads);
  const interruption = watchInterruption(() => {
    line.end();
    process.stderr.write("ending after the current jobs; press Ctrl-C again to give them back\n");
  });
  try {
    await checkVersion(redis, url.shown);
    const { Worker } = await loadQueuePackages();
    const connection = redis.duplicate();
    connection.on("error", () => {});
    const taking = new Worker(QUEUE, (job) => work.run(job.data), {
      ...{ connection, prefix: PREFIX, concurrency: threads, lockDuration },
      // A worker that dies is no fault of its job.
      ...{ maxStalledCount: Number.MAX_SAFE_INTEGER, stalledInterval: lockDuration / 2 },
    });
    // Connections are made again, and jobs that were lost are found again.
    taking.on("error", () => {});
    process.stderr.write(`worker ${name} takes jobs from ${url.shown}, ${threads} at a time\n`);
    const tell = () => {
      tellWorker(redis, { name, version, threads, doing: work.doing(), done: work.done() }).catch(() => {});
      line.show(() => `${whole(work.done())} jobs done, ${work.doing().length} running`);
    };
    tell();
    const news = setInterval(tell, NEWS_MS);
    await untilAborted(interruption.signal);
    clearInterval(news);
    await taking.close();
    connection.disconnect();
  } finally {
    interruption.release();
    line.end();
    await work.end();
    await forgetWorker(redis, name).catch(() => {});
    redis.disconnect();
  }
  const document = { worker: name, done: work.done(), failed: work.failed(), refused: work.refused() };
  printData(form, {
    document: () => document,
    lines: () => [document],
    text: () => `${whole(document.done)} jobs done, ${document.failed} failed, ${document.refused} refused\n`,
  });
}

/** A worker of another version would wait for ever. */
async function checkVersion(redis: Redis, shown: string): Promise<void> {
  const sessions = await livingSessions(redis);
  const other = sessions.find((session) => session.version !== version);
  if (other === undefined || sessions.some((session) => session.version === version)) return;
  throw new LoopnestError({
    code: "unsupported",
    path: "--queue",
    problem:
      `loopnest ${other.version} runs ${other.name} on ${shown}, this is ${version}: their figures may not go ` +
      "together",
    fix: `use npx loopnest@${other.version} worker`,
  });
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(60_000, undefined, { signal }).catch(() => {});
}
