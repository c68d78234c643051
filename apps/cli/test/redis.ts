import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";

/** A redis-server of a test's own, on a free port. */
export interface TestRedis {
  readonly url: string;
  /** A connection for the test itself. */
  readonly client: Redis;
  stop(): Promise<void>;
}

/** @param options As redis-server takes them. */
export async function startRedis(...options: readonly string[]): Promise<TestRedis> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "loopnest-redis-"));
  const server = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", ...options],
    { stdio: "ignore" },
  );
  const fault = new Promise<never>((_, fail) => server.on("error", fail));
  const password = options[options.indexOf("--requirepass") + 1];
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, {
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
    ...(options.includes("--requirepass") && password !== undefined && { password }),
  });
  client.on("error", () => {});
  await Promise.race([client.ping(), fault]);
  return {
    url,
    client,
    async stop() {
      client.disconnect();
      await ended(server);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function ended(server: ChildProcess): Promise<void> {
  server.kill("SIGKILL");
  while (server.exitCode === null && server.signalCode === null) await setTimeout(10);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
