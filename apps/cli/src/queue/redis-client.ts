import { LoopnestError } from "@loopnest/mapspace";
import type { Redis } from "ioredis";
import type { QueueUrl } from "./queue-url.js";

/** Milliseconds that a server may take to answer for the first time, and to come back if nothing listens. */
const CONNECT_MS = 10_000;
const RESTART_MS = 5000;

/**
 * The two packages that are needed for a queue, and for nothing else. @throws LoopnestError `input` if they are not
 * installed.
 */
export async function loadQueuePackages() {
  try {
    const [bullmq, { Redis: Client }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { ...bullmq, Client };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new LoopnestError({
      code: "input",
      path: "--queue",
      problem: "a queue needs the packages bullmq and ioredis, which are not installed beside loopnest",
      fix: "npm install bullmq ioredis",
    });
  }
}

/**
 * Connects to a server. A connection that is lost later is made again, and what was asked meanwhile is answered then.
 *
 * @throws LoopnestError `input` if no server answers, or it does not let us in.
 */
export async function redisClient({ url, shown }: QueueUrl): Promise<Redis> {
  const { Client } = await loadQueuePackages();
  // A server that is just being restarted is waited for.
  const begin = performance.now();
  let last: NodeJS.ErrnoException | undefined;
  const retryStrategy = (times: number) =>
    performance.now() - begin < RESTART_MS && !isLasting(last) ? 100 * times : null;
  const first = new Client(url, { lazyConnect: true, retryStrategy, connectTimeout: CONNECT_MS });
  first.on("error", (error: NodeJS.ErrnoException) => (last = error));
  try {
    await first.connect();
    await first.ping();
  } catch (error) {
    const [reason, fix = "check the URL, and that the server runs and lets you in"] = wordsOf(
      CREDENTIALS.test(String(error)) ? (error as Error) : last,
    );
    throw new LoopnestError({ code: "input", path: "--queue", problem: `no queue at ${shown}: ${reason}`, fix });
  } finally {
    first.disconnect();
  }
  const client = new Client(url, { maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(1000, 50 * times) });
  // It is made again; whoever waits for an answer waits a little longer.
  client.on("error", () => {});
  return client;
}

const CREDENTIALS = /NOAUTH|WRONGPASS|ERR AUTH/;
/** What Node says of certificates that it does not trust. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY/;

/** Whether a server will not be there a moment later either. */
function isLasting(error: NodeJS.ErrnoException | undefined): boolean {
  return error !== undefined && (error.code === "ENOTFOUND" || CERTIFICATE.test(error.code ?? ""));
}

/** What is wrong, and what would be right if that is known. */
function wordsOf(error: NodeJS.ErrnoException | undefined): [reason: string, fix?: string] {
  const { code = "error", message = "" } = error ?? {};
  if (code === "ECONNREFUSED") return ["nothing listens there"];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ["there is no such host"];
  if (CREDENTIALS.test(message)) return ["it asks for other credentials"];
  if (!CERTIFICATE.test(code)) return [`it does not answer (${code})`];
  const fix = "NODE_EXTRA_CA_CERTS=FILE names the certificate of an authority of your own";
  return [`its certificate is not trusted (${code})`, fix];
}
