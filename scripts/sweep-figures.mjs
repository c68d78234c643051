// What sweeps cost beside their searches, in three tables:
//   overhead  processor time a job, in a single process and on a queue with real workers
//   memory    of the coordinator, with a thousand to a hundred thousand jobs
//   scale     jobs a second against the number of workers
// The last two are with stand-ins for workers that wait instead of searching: so they need no idle cores, and show
// where the coordinator is what everybody waits for. npm run bench:sweeps -- --only memory --counts 1000,10000

import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cpuSeconds, startScript } from "./campaigns/soak-processes.mjs";
import { sweepScene } from "./campaigns/sweep-scene.mjs";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "overhead,memory,scale" },
    count: { type: "string", default: "10000" },
    counts: { type: "string", default: "1000,10000,100000" },
    workers: { type: "string", default: "1,2,4,8,16,32,64" },
    samples: { type: "string", default: "15" },
  },
});
const list = (text) => text.split(",").map(Number);
const [count, samples] = [values.count, values.samples].map(Number);
/** Milliseconds that a stand-in takes for a job where throughput is measured, and processes that stand-ins share. */
const JOB_MS = 10;
const MOST_PROCESSES = 4;

const standIn = fileURLToPath(new URL("campaigns/stand-in-worker.mjs", import.meta.url));
const scene = await sweepScene();
const sweep = (study, dir, ...more) => scene.program(["sweep", study, "-o", dir, "--json", ...more]);
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
const head = (...cells) => {
  row(...cells);
  row(...cells.map(() => "---"));
};

async function overhead() {
  const study = scene.study(count, samples);
  const ms = (seconds) => (seconds / count) * 1000;
  const alone = await scene.use(sweep(study, "alone", "--workers", "1"));
  const crew = [scene.worker(30), scene.worker(30)];
  const { cpu, others } = await scene.use(sweep(study, "queued", "--queue", scene.url), [...crew, scene.server()]);
  for (const worker of crew) worker.kill("SIGKILL");
  const seconds = scene.lines("queued", "journal.jsonl").map((line) => JSON.parse(line).seconds);
  const search = ms(seconds.reduce((a, b) => a + b, 0));
  const [coordinator, redis, workers] = [cpu, others.at(-1), others[0] + others[1]].map(ms);
  const all = coordinator + redis + workers;
  console.log(`\nProcessor time a job of ${count}, in ms, starts, tables and page included:\n`);
  head("", "ms");
  row("single process", ms(alone.cpu).toFixed(2));
  row("queue: coordinator + two workers + Redis", all.toFixed(2));
  row("of it coordinator, workers, Redis", [coordinator, workers, redis].map((own) => own.toFixed(2)).join(", "));
  row("the search itself (by the clock)", search.toFixed(2));
  row("queue beyond the single process", (all - ms(alone.cpu)).toFixed(2));
  row("queue beyond the search itself", (all - search).toFixed(2));
}

async function memory() {
  console.log("\nMemory of the coordinator at most, tables and page included (stand-ins answer at once):\n");
  head("jobs", "MB", "processor ms a job");
  for (const jobs of list(values.counts)) {
    const worker = startScript([standIn, scene.url, "0", "2"]);
    const use = await scene.use(sweep(scene.study(jobs, samples), `memory-${jobs}`, "--queue", scene.url));
    worker.kill("SIGKILL");
    row(jobs, use.megabytes.toFixed(0), ((use.cpu / jobs) * 1000).toFixed(2));
  }
}

async function scale() {
  console.log(`\nJobs of ${JOB_MS} ms (stand-ins wait), a second, from a tenth of them to nine tenths:\n`);
  head("workers", "jobs a second", "ratio", "coordinator's share of a core");
  let one;
  for (const size of list(values.workers)) {
    const processes = Math.min(size, MOST_PROCESSES);
    const crew = Array.from({ length: processes }, () =>
      startScript([standIn, scene.url, String(JOB_MS), String(size / processes)]),
    );
    const jobs = Math.min(20_000, 1000 + 400 * size);
    const dir = `scale-${size}`;
    const coordinator = sweep(scene.study(jobs, samples), dir, "--queue", scene.url);
    const look = async (share) => {
      while (scene.answers(dir) < share * jobs && coordinator.exitCode === null) await setTimeout(50);
      return { at: performance.now() / 1000, answers: scene.answers(dir), cpu: cpuSeconds(coordinator.pid) };
    };
    const [begin, end] = [await look(0.1), await look(0.9)];
    if ((await coordinator.ended) !== 0) throw new Error(`the coordinator failed: ${coordinator.said()}`);
    for (const worker of crew) worker.kill("SIGKILL");
    const rate = (end.answers - begin.answers) / (end.at - begin.at);
    one ??= rate / size;
    row(size, rate.toFixed(0), (rate / one).toFixed(2), ((end.cpu - begin.cpu) / (end.at - begin.at)).toFixed(2));
  }
}

const measures = { overhead, memory, scale };
try {
  for (const name of values.only.split(",")) await measures[name]();
} finally {
  await scene.end(true);
}
