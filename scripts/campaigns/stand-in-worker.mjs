// Stands in for a worker of loopnest: takes keys from the queue and leaves answers that are made up, each after some
// milliseconds of waiting. It spends next to nothing, so that what is left is what the queue and the coordinator cost.
// node stand-in-worker.mjs URL MILLISECONDS THREADS
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";

const ofProgram = createRequire(new URL("../../apps/cli/package.json", import.meta.url));
const { Worker } = ofProgram("bullmq");
const { Redis } = ofProgram("ioredis");
const { version } = ofProgram("./package.json");

const [url, milliseconds, threads] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const redis = new Redis(url, { maxRetriesPerRequest: null });
const name = `stand-in:${process.pid}`;
const LEAVE_MS = 200;

/** An answer as a search of one layer gives it; its figures are the digits of its key. */
function answer(key) {
  const digits = (from) => 1 + Number.parseInt(key.slice(from, from + 6), 16);
  const [energyUj, latencyCycles, areaMm2] = [digits(0) / 1e6, digits(6), digits(12) / 1e7];
  const edp = energyUj * latencyCycles;
  const text = JSON.stringify({
    figures: {
      ...{ status: "found", value: edp, unit: "uJ x cycles", energyUj, latencyCycles, edp, areaMm2 },
      ...{ macs: 262144, utilization: 0.5, clockMhz: 1000 },
      ...{ hardware: { peDim: 16, scratchpadKb: 64, accumulatorKb: 32 }, samples: 15 },
    },
  });
  const seconds = milliseconds / 1000;
  return JSON.stringify({ by: name, answer: { text, seconds, convergenceSeconds: [], stopped: false } });
}

async function doBundle({ data: { session, keys } }) {
  let pipeline = redis.pipeline();
  let since = performance.now();
  const leaving = [];
  for (const key of keys) {
    if (milliseconds > 0) await setTimeout(milliseconds);
    pipeline.hsetnx(`loopnest:${session}:answers`, key, answer(key));
    if (milliseconds === 0 || performance.now() - since < LEAVE_MS) continue;
    leaving.push(pipeline.exec());
    pipeline = redis.pipeline();
    since = performance.now();
  }
  await Promise.all([...leaving, pipeline.exec()]);
}

const tell = () =>
  redis.set(
    `loopnest:worker:${name}`,
    JSON.stringify({ name, version, threads, doing: Array(threads).fill("stand-in"), done: 0 }),
    "PX",
    20_000,
  );
await tell();
setInterval(tell, 5000);
new Worker(`jobs-${version}`, doBundle, {
  ...{ connection: redis.duplicate(), prefix: "loopnest", concurrency: threads },
  ...{ lockDuration: 30_000, maxStalledCount: 1e9 },
});
