import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";

/** A redis-server of a test's own, on free ports: one open, one with TLS. */
export interface TestRedis {
  readonly url: string;
  readonly tlsUrl: string;
  /** File of its certificate, which nobody has signed but itself. */
  readonly certificate: string;
  /** A connection for the test itself. */
  readonly client: Redis;
  stop(): Promise<void>;
}

/** @param password That it asks for; URLs do not tell it. */
export async function startRedis(password: string): Promise<TestRedis> {
  const [port, tlsPort] = await Promise.all([freePort(), freePort()]);
  const dir = mkdtempSync(join(tmpdir(), "loopnest-redis-"));
  const [certificate, key] = [join(dir, "certificate.pem"), join(dir, "key.pem")];
  signOwn(certificate, key);
  const options: Readonly<Record<string, string>> = {
    ...{ port: String(port), bind: "127.0.0.1", dir, save: "", requirepass: password },
    ...{ "tls-port": String(tlsPort), "tls-cert-file": certificate, "tls-key-file": key },
    ...{ "tls-ca-cert-file": certificate, "tls-auth-clients": "no" },
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const fault = new Promise<never>((_, fail) => server.on("error", fail));
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null, password });
  client.on("error", () => {});
  await Promise.race([client.ping(), fault]);
  return {
    ...{ url, tlsUrl: `rediss://127.0.0.1:${tlsPort}`, certificate, client },
    async stop() {
      client.disconnect();
      await ended(server);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Makes a key, and a certificate of it for this machine that is its own authority. */
function signOwn(certificate: string, key: string): void {
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const name = ["-subj", "/CN=loopnest test", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", ["req", ...kind, ...name, "-keyout", key, "-out", certificate], { stdio: "ignore" });
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
