import { duration, whole } from "@loopnest/report";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { livingSessions, livingWorkers, type SessionNews, type WorkerNews } from "./presence.js";
import { queueUrl } from "./queue-url.js";
import { redisClient } from "./redis-client.js";

/**
 * `loopnest sweep status URL`: what runs by way of a queue's server, and who works there.
 *
 * @throws LoopnestError `input` if there is no queue.
 */
export async function queueStatus(given: string, form: OutputForm): Promise<void> {
  const url = queueUrl(given);
  const redis = await redisClient(url);
  try {
    const [sweeps, workers] = [await livingSessions(redis), await livingWorkers(redis)];
    printData(form, {
      document: () => ({ queue: url.shown, sweeps, workers }),
      lines: () => [
        ...sweeps.map((sweep) => ({ row: "sweep", ...sweep })),
        ...workers.map((worker) => ({ row: "worker", ...worker })),
      ],
      text: () => {
        const lines = [...sweeps.map(sweepText), ...workers.map(workerText)];
        return lines.length === 0 ? `nothing runs at ${url.shown}\n` : `${lines.join("\n")}\n`;
      },
    });
  } finally {
    redis.disconnect();
  }
}

function sweepText({ name, by, done, failed, left, jobsPerSecond, secondsLeft }: SessionNews): string {
  const parts = [`${whole(done)} done`, `${whole(failed)} failed`];
  if (left !== null) parts.push(`${whole(left)} left`);
  if (jobsPerSecond !== null) parts.push(`${jobsPerSecond.toPrecision(3)} a second`);
  if (secondsLeft !== null) parts.push(`${duration(secondsLeft)} left`);
  return `${name} (${by}): ${parts.join(", ")}`;
}

function workerText({ name, threads, doing, done }: WorkerNews): string {
  const what = doing.length === 0 ? "idle" : doing.join("; ");
  return `worker ${name}, ${threads} ${threads === 1 ? "thread" : "threads"}, ${whole(done)} done: ${what}`;
}
