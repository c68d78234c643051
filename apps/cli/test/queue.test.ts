import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Queue } from "bullmq";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { version } from "../package.json";
import { queueUrl } from "../src/queue/queue-url.js";
import { redisClient } from "../src/queue/redis-client.js";
import { worker as takeJobs } from "../src/queue/worker.js";
import { type Ended, fixture, loopnest, loopnestProcess, scratchFolder } from "./loopnest.js";
import { startRedis, type TestRedis } from "./redis.js";

const scratch = scratchFolder();
const small = fixture("small.yaml");
const SEARCHES = 13;
const read = (...names: string[]) => readFileSync(join(scratch, ...names), "utf8");
const linesOf = (...names: string[]) =>
  existsSync(join(scratch, ...names))
    ? read(...names)
        .split("\n")
        .filter(Boolean)
    : [];
const PASSWORD = "not-to-be-shown";
const withPassword = (url: string) => url.replace("//", `//:${PASSWORD}@`);
let redis: TestRedis;
let queue: string;
let running: { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> }[] = [];

/** Runs the program beside the test, until it ends or is killed. It trusts the server's certificate. */
function beside(...args: string[]) {
  let child!: ChildProcessWithoutNullStreams;
  const env = { NODE_EXTRA_CA_CERTS: redis.certificate };
  const ended = loopnestProcess(args, { cwd: scratch, env, started: (own) => (child = own) });
  running.push({ child, ended });
  return { child, ended };
}

/** Starts a worker, which takes jobs as soon as it can. */
function startWorker(url = queue, ...options: string[]) {
  return beside("worker", "--queue", url, "--threads", "1", "--json", ...options);
}

/** The queue as others may reach it. */
function openQueue() {
  const connection = { host: "127.0.0.1", port: Number(new URL(queue).port), password: PASSWORD };
  return new Queue(`jobs-${version}`, { prefix: "loopnest", connection });
}

async function stopWorker({ child, ended }: (typeof running)[number]): Promise<Ended> {
  child.kill("SIGINT");
  return ended;
}

const sweep = (dir: string) => ["sweep", "study.yaml", "-o", dir, "--queue", queue];

beforeAll(async () => {
  const sizes = "{ fix: [{ peDim: 4 }, { peDim: 8 }], seed: { from: 1, to: 6 } }";
  const options = `{ workload: ${small}, method: random, samples: 20, pad: "off" }`;
  const text = `name: small\naxes: ${sizes}\noptions: ${options}\npoints: [{ maxAreaMm2: 1.0e-6 }]\n`;
  writeFileSync(join(scratch, "study.yaml"), text);
  writeFileSync(join(scratch, "other.yaml"), text.replace("to: 6", "to: 2").replace(/points.*/, ""));
  const alone = loopnest(["sweep", "study.yaml", "-o", "alone", "--workers", "1"], { cwd: scratch });
  redis = await startRedis(PASSWORD);
  queue = withPassword(redis.url);
  expect((await alone).status).toBe(0);
});

afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
  await redis.client.flushall();
});

afterAll(() => redis?.stop());

describe("workers of a queue", () => {
  /** What is no job of ours: names that lead elsewhere, records that are none, or not what their key says. */
  async function leaveHostileJobs(): Promise<number> {
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
      { session: "../up", keys: [key] },
      { session, keys: ["../../etc/passwd"] },
      { session, keys: [key], more: "x".repeat(1 << 20) },
      { session, keys: Array(1000).fill(key) },
      ...records.map(([own]) => ({ session, keys: [own] })),
    ];
    const jobs = openQueue();
    await jobs.addBulk(
      datas.map((data, i) => ({ name: "search", data, opts: { jobId: `hostile-${i}`, removeOnComplete: true } })),
    );
    await jobs.close();
    return datas.length;
  }

  test("run two sweeps at once to the tables of one process, through TLS, and refuse what is no job", async () => {
    const hostile = await leaveHostileJobs();
    const worker = startWorker(withPassword(redis.tlsUrl));
    const valkey = queue.replace("redis:", "valkey:");
    const both = [beside(...sweep("queued")), beside("sweep", "other.yaml", "-o", "other", "--queue", valkey)];
    for (const swept of await Promise.all(both.map(({ ended }) => ended))) {
      expect(swept).toMatchObject({ status: 0, stderr: expect.not.stringContaining(PASSWORD) });
    }
    for (const table of ["results.csv", "manifest.jsonl"]) expect(read("queued", table)).toBe(read("alone", table));
    const rowsOf = (dir: string) => {
      const rows = linesOf(dir, "results.jsonl").map((line) => JSON.parse(line));
      return new Map(rows.map(({ number: _, ...row }) => [row.key, row]));
    };
    const [other, alone] = [rowsOf("other"), rowsOf("alone")];
    expect(other.size).toBe(4);
    for (const [key, row] of other) expect(row).toEqual(alone.get(key));
    const ended = await stopWorker(worker);
    expect(JSON.parse(ended.stdout)).toMatchObject({ done: SEARCHES + 4, failed: 0, refused: hostile });
    expect(ended.stderr.match(/a job was refused: /g)).toHaveLength(hostile);
    expect(ended.stderr).toContain(redis.tlsUrl);
    expect(ended.stdout + ended.stderr + read("queued", "journal.jsonl")).not.toContain(PASSWORD);
    const left = await redis.client.keys("loopnest:*");
    expect(left.filter((name) => !/^loopnest:(content|jobs-|f{32})/.test(name))).toEqual([]);
  });

  test("run comparisons, fronts and searches at once, each as one process does, bit by bit", async () => {
    const budget = ["--samples", "10", "--json"];
    const commands = [
      ["compare", small, "--methods", "random", "--seeds", "2", ...budget, "--no-optimum"],
      ["pareto", small, "--points", "1", "--method", "random", ...budget],
      ["search", small, "--starts", "2", ...budget],
    ];
    startWorker();
    const both = commands.flatMap((args, i) => [
      beside(...args, "--workers", "1", "-o", `alone-${i}`),
      beside(...args, "--queue", queue, "-o", `queued-${i}`),
    ]);
    const ended = await Promise.all(both.map((one) => one.ended));
    expect(ended.map(({ status }) => status)).toEqual(both.map(() => 0));
    const timeless = ({ stdout }: Ended) =>
      JSON.stringify(JSON.parse(stdout), (name, of) => (/seconds|startedAt|workers/i.test(name) ? undefined : of));
    for (const i of commands.keys()) expect(timeless(ended[2 * i + 1]!)).toBe(timeless(ended[2 * i]!));
  });

  test("and coordinators killed with kill -9, and a server that forgets, lose nothing", async () => {
    const first = startWorker(queue, "--lock", "1");
    const killed = beside(...sweep("killed"));
    while (linesOf("killed", "journal.jsonl").length < 4) await setTimeout(2);
    killed.child.kill("SIGKILL");
    first.child.kill("SIGKILL");
    await killed.ended;
    await redis.client.flushall();
    const again = beside("sweep", "--resume", "killed", "--queue", queue);
    startWorker();
    expect((await again.ended).status).toBe(0);
    const keys = linesOf("killed", "journal.jsonl").map((line) => JSON.parse(line).key);
    expect([new Set(keys).size, keys.length]).toEqual([SEARCHES, SEARCHES]);
    expect(read("killed", "results.csv")).toBe(read("alone", "results.csv"));
  });

  test("of another version than all that is done there are refused in one line", async () => {
    const news = { session: "abcdef01", name: "theirs", version: "999.0.0", by: "far:1", done: 0, failed: 0, left: 1 };
    await redis.client.set("loopnest:session:abcdef01", JSON.stringify(news), "PX", 60_000);
    await expect(takeJobs({ queue, threads: 1, lock: 1 })).rejects.toMatchObject({
      message: expect.stringMatching(/^.*loopnest 999\.0\.0 runs theirs on redis:.*npx loopnest@999\.0\.0 worker$/),
      data: { code: "unsupported" },
    });
  });

  test("are told where no queue is, and why, without credentials", async () => {
    const secret = (url: string) => url.replace("//", "//:secret@");
    const nowhere = beside("worker", "--queue", "redis://:secret@127.0.0.1:1").ended;
    for (const [url, reason] of [
      [redis.url, /asks for other credentials/],
      [redis.tlsUrl, /certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/],
      ["redis://no-such-host.invalid", /there is no such host/],
    ] as const) {
      const error = await redisClient(queueUrl(secret(url))).catch((fault: Error) => fault);
      expect(error).toMatchObject({ data: { code: "input" }, message: expect.stringMatching(reason) });
      expect((error as Error).message).toContain(`no queue at ${url}:`);
      expect(JSON.stringify(error)).not.toContain("secret");
    }
    const { status, stderr } = await nowhere;
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/no queue at redis:\/\/127\.0\.0\.1:1: nothing listens there/),
    });
    expect(stderr).not.toContain("secret");
  });

  test.each([
    ["http://me:secret@host", "this is no URL of a Redis or Valkey server"],
    ["postgres://me:secret@host", "queues on PostgreSQL are not offered"],
    ["secret", "this is no URL of a Redis or Valkey server"],
  ])("take no URL of another kind, and do not repeat it: %s", (url, problem) => {
    expect(() => queueUrl(url)).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret") }));
    expect(() => queueUrl(url)).toThrow(problem);
  });
});

describe("the coordinator of a sweep", () => {
  test("is alone, says who it is and how it goes, and ends with an alarm if a search has two answers", async () => {
    const waiting = beside(...sweep("one"));
    let session = "";
    while (session === "") {
      const [name] = await redis.client.keys("loopnest:*:jobs");
      session = /^loopnest:([0-9a-f]{32}):jobs$/.exec(name ?? "")?.[1] ?? "";
      await setTimeout(5);
    }
    const [second, status] = await Promise.all([
      beside(...sweep("two")).ended,
      beside("sweep", "status", queue, "--json").ended,
    ]);
    expect(second).toMatchObject({ status: 2, stderr: expect.stringContaining("coordinated there already, by") });
    expect(JSON.parse(status.stdout)).toMatchObject({ queue: redis.url, sweeps: [{ name: "small", left: SEARCHES }] });
    const { key } = JSON.parse(linesOf("alone", "manifest.jsonl")[0]!);
    const answer = (samples: number, by: string) => {
      const text = JSON.stringify({ figures: { status: "infeasible", samples } });
      return JSON.stringify({ by, answer: { text, seconds: 1, convergenceSeconds: [], stopped: false } });
    };
    await redis.client.hset(`loopnest:${session}:answers`, key, answer(1, "near:1"));
    // The other comes late, when the first has been fetched and taken away.
    while ((await redis.client.exists(`loopnest:${session}:answers`)) > 0) await setTimeout(5);
    await redis.client.hset(`loopnest:${session}:answers`, key, answer(2, "far:2"));
    const ended = await waiting.ended;
    expect(ended).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/two answers, by near:1 and by far:2/),
    });
    const alarm = JSON.parse(read("one", "alarm.json"));
    expect([alarm.first.answer.figures.samples, alarm.second.answer.figures.samples]).toEqual([1, 2]);
  });

  test("takes its jobs out of the queue when it is stopped", async () => {
    const waiting = beside(...sweep("stopped"));
    while ((await redis.client.keys("loopnest:*:jobs")).length === 0) await setTimeout(5);
    waiting.child.kill("SIGINT");
    expect((await waiting.ended).status).toBe(130);
    const jobs = openQueue();
    expect(await jobs.getJobCounts("wait", "active")).toEqual({ wait: 0, active: 0 });
    await jobs.close();
  });
});
