// Runs a sweep of many short searches on workers in processes of their own, and does to them what happens in a month:
// kill -9 of workers and of the coordinator, SIGSTOP of a worker for longer than its lock, restarts of Redis that lose
// its last second, a full disk for a while, clocks that are hours apart. The answers must be those of a single process,
// each once: npm run soak -- --count 100000 --workers 4 --seed 7
// --samples sets how long a search takes (600 are about 5 ms of processor time), --every how many seconds lie between two
// troubles. --alone DIR names a folder in which a single process has done the same sweep before.
// --calm leaves all in peace, and measures what a job costs beside its search; --scale runs the sweep with 1, 2 and 4
// workers and prints ratios of throughput.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { smallDisk } from "./campaigns/full-disk.mjs";
import { seededRandom } from "./campaigns/random.mjs";
import {
  cpuSeconds,
  freePort,
  peakMegabytes,
  startProgram,
  startServer,
  wrongClock,
} from "./campaigns/soak-processes.mjs";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000" },
    workers: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    every: { type: "string", default: "3" },
    samples: { type: "string", default: "15" },
    alone: { type: "string" },
    calm: { type: "boolean", default: false },
    scale: { type: "boolean", default: false },
  },
});
const [count, workers, seed, every, samples] = ["count", "workers", "seed", "every", "samples"].map((name) =>
  Number(values[name]),
);
const random = seededRandom(seed);
const scratch = mkdtempSync(join(tmpdir(), "loopnest-soak-"));
const LOCK_S = 2;
const FULL_MS = 3000;
/** Hours that the clocks of workers are wrong by, in turn. */
const CLOCKS = [5, -30, 0];

writeFileSync(join(scratch, "network.yaml"), "name: one\nlayers:\n  - matmul: {name: product, m: 64, n: 64, k: 64}\n");
writeFileSync(
  join(scratch, "study.yaml"),
  `axes: {workload: [network.yaml], seed: {from: 1, to: ${count}}}\noptions: {method: random, samples: ${samples}}\n`,
);

const port = await freePort();
const url = `redis://127.0.0.1:${port}`;
const program = (...args) => startProgram(args, scratch);
let started = 0;
const startWorker = () => {
  const clock = values.calm || values.scale ? undefined : wrongClock(CLOCKS[started++ % CLOCKS.length]);
  return startProgram(["worker", "--queue", url, "--threads", "1", "--lock", String(LOCK_S)], scratch, clock);
};
const disk = values.calm || values.scale ? undefined : smallDisk(join(scratch, "queued"), 24 + Math.ceil(count / 200));
const resume = () => program("sweep", "--resume", "queued", "--queue", url, "--json");
let redis = startServer(port, scratch);
let coordinator;
let crew = [];
const done = { "disk full": 0, "worker killed": 0, "coordinator killed": 0, "worker stopped": 0, "Redis restarted": 0 };

const troubles = {
  ...(disk && { "disk full": () => disk.fill(FULL_MS) }),
  async "worker killed"() {
    const at = Math.floor(random() * crew.length);
    crew[at].kill("SIGKILL");
    await crew[at].ended;
    crew[at] = startWorker();
  },
  async "coordinator killed"() {
    coordinator.kill("SIGKILL");
    await coordinator.ended;
    coordinator = resume();
  },
  async "worker stopped"() {
    const one = crew[Math.floor(random() * crew.length)];
    one.kill("SIGSTOP");
    await setTimeout(LOCK_S * 2000);
    one.kill("SIGCONT");
  },
  async "Redis restarted"() {
    redis.kill("SIGKILL");
    await redis.ended;
    redis = startServer(port, scratch);
  },
};

function journal(dir) {
  const file = join(scratch, dir, "journal.jsonl");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

/** Milliseconds of the search in the middle, by the clock of whoever did it. */
function medianSearch(dir) {
  const all = journal(dir).map((line) => JSON.parse(line).seconds * 1000);
  return all.sort((a, b) => a - b)[all.length >> 1];
}

const isDone = () => coordinator.exitCode !== null && journal("queued").length >= count;

async function makeTrouble() {
  const names = Object.keys(troubles);
  while (!isDone()) {
    await setTimeout(every * 1000 * (0.5 + random()));
    if (isDone()) return;
    // A coordinator that has ended by itself has failed.
    if (coordinator.exitCode > 0) return;
    const name = names[Math.floor(random() * names.length)];
    await troubles[name]();
    done[name]++;
  }
}

/** Throughput with 1, 2 and 4 workers, from the first answer to the last. */
async function scale() {
  const rates = [];
  for (const size of [1, 2, 4]) {
    crew = Array.from({ length: size }, startWorker);
    const dir = `scale-${size}`;
    coordinator = program("sweep", "study.yaml", "-o", dir, "--queue", url, "--json");
    while (journal(dir).length === 0 && coordinator.exitCode === null) await setTimeout(50);
    const [begin, first] = [performance.now(), journal(dir).length];
    while (journal(dir).length < count && coordinator.exitCode === null) await setTimeout(50);
    rates.push((count - first) / ((performance.now() - begin) / 1000));
    if ((await coordinator.ended) !== 0) throw new Error(`the coordinator failed: ${coordinator.said()}`);
    for (const worker of crew) worker.kill("SIGKILL");
    await Promise.all(crew.map((worker) => worker.ended));
  }
  const [one] = rates;
  const told = rates.map((rate, i) => `${2 ** i}: ${rate.toFixed(0)} a second (${(rate / one).toFixed(2)}x)`);
  console.log(`${count} searches; workers ${told.join(", ")}`);
  return true;
}

/** The sweep in a single process. */
async function runAlone() {
  const begin = performance.now();
  const child = program("sweep", "study.yaml", "-o", "alone", "--workers", "1", "--json");
  child.dir = "alone";
  const watched = watch(child);
  if ((await child.ended) !== 0) throw new Error(`the single process failed: ${child.said()}`);
  return { seconds: (performance.now() - begin) / 1000, ...(await watched) };
}

async function main() {
  const single = values.alone === undefined ? await runAlone() : undefined;
  const begin = performance.now();
  crew = Array.from({ length: workers }, startWorker);
  coordinator = program("sweep", "study.yaml", "-o", "queued", "--queue", url, "--json");
  coordinator.dir = "queued";
  let use = watch(coordinator, [...crew, redis]);
  if (!values.calm) {
    while (journal("queued").length === 0 && coordinator.exitCode === null) await setTimeout(50);
    await makeTrouble();
  }
  const status = await coordinator.ended;
  const seconds = (performance.now() - begin) / 1000;
  use = await use;
  const ofWorkers = crew.map(({ pid }) => cpuSeconds(pid)).reduce((sum, own) => sum + own, 0);
  const ofRedis = cpuSeconds(redis.pid);
  const faults = [];
  if (status !== 0) faults.push(`the coordinator ended with ${status}: ${coordinator.said()}`);
  const keys = journal("queued").map((line) => JSON.parse(line).key);
  const alone = resolve(scratch, values.alone ?? "alone");
  const manifest = readFileSync(join(alone, "manifest.jsonl"), "utf8").trim().split("\n");
  const expected = manifest.map((line) => JSON.parse(line).key);
  if (new Set(keys).size !== keys.length) faults.push(`${keys.length - new Set(keys).size} answers count twice`);
  if ([...keys].sort().join() !== [...expected].sort().join()) faults.push("the keys are not those of the manifest");
  for (const table of ["results.csv", "results.jsonl", "results.parquet"]) {
    const [a, b] = [join(alone, table), join(scratch, "queued", table)];
    if (!existsSync(b) || !readFileSync(a).equals(readFileSync(b)))
      faults.push(`${table} is not that of a single process`);
  }
  const trouble = values.calm
    ? "none"
    : Object.entries(done)
        .map(([name, times]) => `${name} ${times}x`)
        .join(", ");
  console.log(`${count} searches, ${workers} workers, trouble: ${trouble}`);
  if (!values.calm) {
    if (disk === undefined) console.log("left out: a full disk, since this user may not mount a small one");
    const clocks = wrongClock(1) === undefined ? "left out: wrong clocks, without libfaketime" : "clocks hours apart";
    console.log(clocks);
  }
  if (single !== undefined) {
    console.log(`single process: ${single.seconds.toFixed(1)} s, ${(count / single.seconds).toFixed(0)} a second`);
  }
  console.log(`on the queue: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second`);
  console.log(`the search in the middle took ${medianSearch("queued").toFixed(1)} ms`);
  if (values.calm && single !== undefined) {
    const all = use.cpu + ofWorkers + ofRedis;
    const each = (of) => `${((of / count) * 1000).toFixed(2)} ms`;
    console.log(
      `processor time a job: ${each(single.cpu)} alone, ${each(all)} on the queue: ${each(all - single.cpu)} more`,
    );
    console.log(`of it coordinator ${each(use.cpu)}, workers ${each(ofWorkers)}, Redis ${each(ofRedis)}`);
    const [here, ...elsewhere] = use.steady;
    const sum = (own) => own.reduce((a, b) => a + b, 0);
    console.log(
      `without starts and tables: ${single.steady[0].toFixed(2)} ms alone, ${sum(use.steady).toFixed(2)} ms on the ` +
        `queue (coordinator ${here.toFixed(2)}, workers ${sum(elsewhere.slice(0, -1)).toFixed(2)}, ` +
        `Redis ${elsewhere.at(-1).toFixed(2)}): ${(sum(use.steady) - single.steady[0]).toFixed(2)} ms more`,
    );
    console.log(`memory of the coordinator at most: ${use.megabytes.toFixed(0)} MB`);
  }
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  console.log(faults.length === 0 ? "every answer once, tables byte-equal" : `failed; all is kept in ${scratch}`);
  return faults.length === 0;
}

/** What a process has used when it was last looked at. */
async function watch(child, others = []) {
  const use = { cpu: 0, megabytes: 0, steady: [] };
  let begin;
  while (child.exitCode === null && child.signalCode === null) {
    const now = [child, ...others].map(({ pid }) => cpuSeconds(pid));
    use.cpu = Math.max(use.cpu, now[0]);
    use.megabytes = Math.max(use.megabytes, peakMegabytes(child.pid));
    if (values.calm && use.steady.length === 0) {
      // Without the start of processes and the tables at the end.
      const answers = answersOf(child);
      if (answers >= count / 10) begin ??= { answers, now };
      if (answers >= 0.9 * count)
        use.steady = now.map((own, i) => ((own - begin.now[i]) / (answers - begin.answers)) * 1000);
    }
    await setTimeout(50);
  }
  return use;
}

const lineBytes = {};

/** Answers that a sweep has, by the size of its journal: lines are nearly of one length. */
function answersOf({ dir }) {
  const file = join(scratch, dir, "journal.jsonl");
  if (!existsSync(file)) return 0;
  lineBytes[dir] ??= readFileSync(file, "utf8").indexOf("\n") + 1 || undefined;
  return statSync(file).size / (lineBytes[dir] ?? Number.POSITIVE_INFINITY);
}

let good = false;
try {
  good = values.scale ? await scale() : await main();
} finally {
  for (const child of [...crew, coordinator, redis]) child?.kill("SIGKILL");
  await coordinator?.ended;
  if (good) disk?.unmount();
  if (good) rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = good ? 0 : 1;
