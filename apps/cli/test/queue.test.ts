import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Queue } from "bullmq";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { version } from "../package.json";
import { type Ended, fixture, loopnest, scratchFolder } from "./loopnest.js";
import { startRedis, type TestRedis } from "./redis.js";

const scratch = scratchFolder();
const study = fixture("study.yaml");
const read = (...names: string[]) => readFileSync(join(scratch, ...names), "utf8");
const linesOf = (...names: string[]) =>
  existsSync(join(scratch, ...names))
    ? read(...names)
        .split("\n")
        .filter(Boolean)
    : [];
const PASSWORD = "not-to-be-shown";
let redis: TestRedis;
let queue: string;
let running: { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> }[] = [];

/** Runs the program beside the test, until it ends or is killed. */
function beside(...args: string[]) {
  let child!: ChildProcessWithoutNullStreams;
  const ended = loopnest(args, { cwd: scratch, started: (own) => (child = own) });
  running.push({ child, ended });
  return { child, ended };
}

/** Starts a worker and waits until it takes jobs. */
async function startWorker(...options: string[]) {
  const worker = beside("worker", "--queue", queue, "--threads", "1", "--lock", "1", "--json", ...options);
  await new Promise<void>((done) => worker.child.stderr.on("data", (text) => /takes jobs/.test(text) && done()));
  return worker;
}

async function stopWorker({ child, ended }: (typeof running)[number]): Promise<Ended> {
  child.kill("SIGINT");
  return ended;
}

const sweep = (dir: string, ...options: string[]) => ["sweep", study, "-o", dir, "--queue", queue, ...options];

beforeAll(async () => {
  redis = await startRedis("--requirepass", PASSWORD);
  queue = redis.url.replace("//", `//:${PASSWORD}@`);
  expect((await loopnest(["sweep", study, "-o", "alone", "--workers", "1"], { cwd: scratch })).status).toBe(0);
});

afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
  await redis.client.flushall();
});

afterAll(() => redis?.stop());

describe("a sweep on a queue", () => {
  test("has the table of one process, bit by bit, and leaves nothing in the queue", async () => {
    const worker = await startWorker();
    const { status, stderr } = await beside(...sweep("queued")).ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining(PASSWORD) });
    for (const table of ["results.csv", "manifest.jsonl"]) expect(read("queued", table)).toBe(read("alone", table));
    const ended = await stopWorker(worker);
    expect(JSON.parse(ended.stdout)).toMatchObject({ done: 23, failed: 0, refused: 0 });
    expect(ended.stderr).toContain(redis.url);
    expect(ended.stdout + ended.stderr + read("queued", "journal.jsonl")).not.toContain(PASSWORD);
    const left = await redis.client.keys("loopnest:*");
    expect(left.filter((name) => !/^loopnest:(content|jobs-)/.test(name))).toEqual([]);
  });

  test("loses nothing to kill -9 of workers and of the coordinator, and to a server that forgets", async () => {
    const first = await startWorker();
    const killed = beside(...sweep("killed"));
    while (linesOf("killed", "journal.jsonl").length < 4) await setTimeout(2);
    killed.child.kill("SIGKILL");
    first.child.kill("SIGKILL");
    await killed.ended;
    await redis.client.flushall();
    const again = beside("sweep", "--resume", "killed", "--queue", queue);
    const second = await startWorker();
    while (linesOf("killed", "journal.jsonl").length < 12) await setTimeout(2);
    second.child.kill("SIGKILL");
    await startWorker();
    expect((await again.ended).status).toBe(0);
    const keys = linesOf("killed", "journal.jsonl").map((line) => JSON.parse(line).key);
    expect(new Set(keys).size).toBe(23);
    expect(keys).toHaveLength(23);
    expect(read("killed", "results.csv")).toBe(read("alone", "results.csv"));
  });

  test("has one coordinator, who says who it is; status says how it goes", async () => {
    const waiting = beside(...sweep("one"));
    while (!(await redis.client.keys("loopnest:session:*")).length) await setTimeout(5);
    const second = await beside(...sweep("two")).ended;
    expect(second).toMatchObject({ status: 2, stderr: expect.stringContaining("coordinated there already, by") });
    const { stdout } = await beside("sweep", "status", queue, "--json").ended;
    expect(JSON.parse(stdout)).toMatchObject({ queue: redis.url, sweeps: [{ name: "small", left: 23 }], workers: [] });
    waiting.child.kill("SIGINT");
    expect((await waiting.ended).status).toBe(130);
    const waits = await new Queue(`jobs-${version}`, {
      prefix: "loopnest",
      connection: { host: "127.0.0.1", port: Number(new URL(queue).port), password: PASSWORD },
    }).getJobCounts("wait", "active");
    expect(waits).toEqual({ wait: 0, active: 0 });
  });
});

test("a comparison on a queue has the runs of one process", async () => {
  const args = [
    fixture("small.yaml"),
    "--methods",
    "descent,random",
    "--seeds",
    "2",
    "--samples",
    "20",
    "--no-optimum",
  ];
  const alone = beside("compare", ...args, "--workers", "1", "-o", "compared");
  await startWorker();
  const queued = beside("compare", ...args, "--queue", queue, "-o", "compared-queued");
  expect([(await alone.ended).status, (await queued.ended).status]).toEqual([0, 0]);
  for (const name of ["descent-1", "descent-2", "random-1", "random-2"]) {
    const [a, b] = ["compared", "compared-queued"].map((dir) => {
      const { seconds: _, convergence: __, ...run } = JSON.parse(read(dir, "runs", "small", `${name}.json`)).run;
      return run;
    });
    expect(b).toEqual(a);
  }
});

describe("a worker", () => {
  test("refuses what is no job of ours, and goes on", async () => {
    const jobs = new Queue(`jobs-${version}`, {
      prefix: "loopnest",
      connection: { host: "127.0.0.1", port: Number(new URL(queue).port), password: PASSWORD },
    });
    const session = "f".repeat(32);
    const key = "0123456789abcdef".repeat(4);
    const known = JSON.parse(linesOf("alone", "manifest.jsonl")[0]!).job;
    const records: [key: string, text: string][] = [
      [`a${key.slice(1)}`, "no JSON"],
      [`b${key.slice(1)}`, JSON.stringify({ ...known, run: "rm -rf /" })],
      [`c${key.slice(1)}`, JSON.stringify({ ...known, inputs: { ...known.inputs, workload: "../../etc/passwd" } })],
      [`d${key.slice(1)}`, JSON.stringify(known)],
      [`e${key.slice(1)}`, "x".repeat(1 << 26)],
    ];
    for (const [own, text] of records) await redis.client.hset(`loopnest:${session}:jobs`, own, text);
    const datas: unknown[] = [
      "text",
      { session: "../up", key },
      { session, key: "../../etc/passwd" },
      { session, key, more: "x".repeat(1 << 20) },
      ...records.map(([own]) => ({ session, key: own })),
    ];
    for (const [i, data] of datas.entries())
      await jobs.add("search", data, { jobId: `hostile-${i}`, removeOnComplete: true });
    const worker = await startWorker();
    expect((await beside(...sweep("beside")).ended).status).toBe(0);
    const { stdout, stderr } = await stopWorker(worker);
    expect(JSON.parse(stdout)).toMatchObject({ done: 23, refused: datas.length });
    expect(stderr.match(/a job was refused: /g)).toHaveLength(datas.length);
    await jobs.close();
    await redis.client.del(`loopnest:${session}:jobs`);
  });

  test("of another version than all that is done there is refused in one line", async () => {
    const news = { session: "abcdef01", name: "theirs", version: "999.0.0", by: "far:1", done: 0, failed: 0, left: 1 };
    await redis.client.set("loopnest:session:abcdef01", JSON.stringify(news), "PX", 60_000);
    const { status, stderr } = await beside("worker", "--queue", queue).ended;
    expect({ status, lines: stderr.trim().split("\n") }).toEqual({
      status: 2,
      lines: [expect.stringMatching(/loopnest 999\.0\.0 runs theirs on redis:.*npx loopnest@999\.0\.0 worker/)],
    });
    await redis.client.del("loopnest:session:abcdef01");
  });

  test.each([
    ["redis://:secret@127.0.0.1:1", /no queue at redis:\/\/127\.0\.0\.1:1: nothing listens there/],
    ["http://me:secret@host", /no URL of a Redis or Valkey server/],
    ["postgres://me:secret@host", /queues on PostgreSQL are not offered/],
  ])("says where no queue is, without credentials: %s", async (url, message) => {
    const { status, stderr } = await beside("worker", "--queue", url).ended;
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(message) });
    expect(stderr).not.toContain("secret");
  });

  test("with other credentials than the server asks for is told so", async () => {
    const { status, stderr } = await beside("worker", "--queue", redis.url.replace("//", "//:wrong-one@")).ended;
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("other credentials") });
    expect(stderr).not.toContain("wrong-one");
  });
});

test("two answers of one search end the sweep with an alarm that names both", async () => {
  const waiting = beside(...sweep("alarm"));
  let session = "";
  while (session === "") {
    const [name] = await redis.client.keys("loopnest:*:jobs");
    session = /^loopnest:([0-9a-f]{32}):jobs$/.exec(name ?? "")?.[1] ?? "";
    await setTimeout(5);
  }
  const { key } = JSON.parse(linesOf("alone", "manifest.jsonl")[0]!);
  const answer = (samples: number, by: string) => {
    const text = JSON.stringify({ figures: { status: "infeasible", samples } });
    return JSON.stringify({ by, answer: { text, seconds: 1, convergenceSeconds: [], stopped: false } });
  };
  await redis.client.hset(`loopnest:${session}:answers`, key, answer(1, "near:1"));
  while (linesOf("alarm", "journal.jsonl").length < 1) await setTimeout(2);
  // One that comes late, when the first has been fetched and taken away.
  while ((await redis.client.exists(`loopnest:${session}:answers`)) > 0) await setTimeout(5);
  await redis.client.hset(`loopnest:${session}:answers`, key, answer(2, "far:2"));
  const { status, stderr } = await waiting.ended;
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/two answers, by near:1 and by far:2/),
  });
  const { first, second } = JSON.parse(read("alarm", "alarm.json"));
  expect([first.answer.figures.samples, second.answer.figures.samples]).toEqual([1, 2]);
});
