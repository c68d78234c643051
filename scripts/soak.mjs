// Runs a sweep of many short searches on workers in processes of their own, and does to them what happens in a month:
// kill -9 of workers and of the coordinator, SIGSTOP of a worker for longer than its lock, restarts of Redis that lose
// its last second, a full disk for a while, clocks that are hours apart. The answers must be those of a single process,
// each once: npm run soak -- --count 100000 --workers 4 --seed 7
// --samples sets how long a search takes (600 are about 5 ms of processor time), --every how many seconds lie between
// two troubles. --alone DIR names the folder of a single process that has done the same sweep before.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { smallDisk } from "./campaigns/full-disk.mjs";
import { seededRandom } from "./campaigns/random.mjs";
import { wrongClock } from "./campaigns/soak-processes.mjs";
import { sweepScene } from "./campaigns/sweep-scene.mjs";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000" },
    workers: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    every: { type: "string", default: "3" },
    samples: { type: "string", default: "15" },
    alone: { type: "string" },
  },
});
const [count, workers, seed, every, samples] = ["count", "workers", "seed", "every", "samples"].map((name) =>
  Number(values[name]),
);
const random = seededRandom(seed);
const LOCK_S = 2;
const FULL_MS = 3000;
/** Hours that the clocks of workers are wrong by, in turn. */
const CLOCKS = [5, -30, 0];

const scene = await sweepScene();
const study = scene.study(count, samples);
let started = 0;
const startWorker = () => scene.worker(LOCK_S, wrongClock(CLOCKS[started++ % CLOCKS.length]));
const disk = smallDisk(join(scene.dir, "queued"), 24 + Math.ceil(count / 200));
const resume = () => scene.program(["sweep", "--resume", "queued", "--queue", scene.url, "--json"]);
const journal = () => scene.lines("queued", "journal.jsonl").map((line) => JSON.parse(line));
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
  "Redis restarted": () => scene.restartServer(),
};

/** Makes trouble until the coordinator has ended by itself. */
async function makeTrouble() {
  const names = Object.keys(troubles);
  while (coordinator.exitCode === null) {
    await setTimeout(every * 1000 * (0.5 + random()));
    if (coordinator.exitCode !== null) return;
    const name = names[Math.floor(random() * names.length)];
    await troubles[name]();
    done[name]++;
  }
}

/** The sweep in a single process. @returns Its folder. */
async function runAlone() {
  const begin = performance.now();
  await scene.use(scene.program(["sweep", study, "-o", "alone", "--workers", "1", "--json"]));
  const seconds = (performance.now() - begin) / 1000;
  console.log(`single process: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second`);
  return join(scene.dir, "alone");
}

/** What is wrong with the answers on the queue. */
function faultsBeside(alone, answers) {
  const faults = [];
  const keys = answers.map(({ key }) => key);
  const manifest = readFileSync(join(alone, "manifest.jsonl"), "utf8").trim().split("\n");
  const expected = manifest.map((line) => JSON.parse(line).key);
  if (new Set(keys).size !== keys.length) faults.push(`${keys.length - new Set(keys).size} answers count twice`);
  if (keys.sort().join() !== expected.sort().join()) faults.push("the keys are not those of the manifest");
  for (const table of ["results.csv", "results.jsonl", "results.parquet"]) {
    const [a, b] = [join(alone, table), scene.file("queued", table)];
    if (!existsSync(b) || !readFileSync(a).equals(readFileSync(b)))
      faults.push(`${table} is not that of a single process`);
  }
  return faults;
}

async function main() {
  const alone = values.alone === undefined ? await runAlone() : resolve(values.alone);
  const begin = performance.now();
  crew = Array.from({ length: workers }, startWorker);
  coordinator = scene.program(["sweep", study, "-o", "queued", "--queue", scene.url, "--json"]);
  while (scene.answers("queued") === 0 && coordinator.exitCode === null) await setTimeout(50);
  await makeTrouble();
  const status = await coordinator.ended;
  const seconds = (performance.now() - begin) / 1000;
  const answers = journal();
  const faults = faultsBeside(alone, answers);
  if (status !== 0) faults.push(`the coordinator ended with ${status}: ${coordinator.said()}`);
  const trouble = Object.entries(done).map(([name, times]) => `${name} ${times}x`);
  const searches = answers.map((line) => line.seconds * 1000).sort((a, b) => a - b);
  console.log(`${count} searches, ${workers} workers, trouble: ${trouble.join(", ")}`);
  if (disk === undefined) console.log("left out: a full disk, since this user may not mount a small one");
  console.log(wrongClock(1) === undefined ? "left out: wrong clocks, without libfaketime" : "clocks hours apart");
  console.log(`on the queue: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second`);
  console.log(`the search in the middle took ${searches[searches.length >> 1]?.toFixed(1)} ms`);
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  console.log(faults.length === 0 ? "every answer once, tables byte-equal" : `failed; all is kept in ${scene.dir}`);
  return faults.length === 0;
}

let good = false;
try {
  good = await main();
} finally {
  await scene.end(false);
  if (good) disk?.unmount();
  if (good) await scene.end(true);
}
process.exitCode = good ? 0 : 1;
