import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { Failure } from "../errors/failure.js";
import { watchInterruption } from "../terminal/interruption.js";
import type { Opened } from "./opened-files.js";
import { siteFiles } from "./site-files.js";

/** A page that is being served. */
export interface Served {
  /** With the token that other users of the machine do not know. */
  readonly url: string;
  /** Settles when somebody ends the program. */
  readonly ended: Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

const LOOPBACK = "127.0.0.1";

/**
 * Serves the page on the loopback address alone, below a path that nobody can guess, until the program is asked to end.
 *
 * @param port 0 for a free one.
 * @throws Failure if the port is taken.
 */
export async function serveStudio(
  built: ReadonlyMap<string, Buffer>,
  opened: readonly Opened[],
  port: number,
): Promise<Served> {
  const files = siteFiles(built, opened);
  const token = randomBytes(16).toString("hex");
  const server = createServer((request, response) => {
    const { port: own } = server.address() as AddressInfo;
    // Another host name that leads here is a page elsewhere that tries to read this one.
    const isOurs = request.headers.host === `${LOOPBACK}:${own}`;
    const [, given, ...rest] = (request.url ?? "").split(/[?#]/)[0]!.split("/");
    const path = rest.join("/") || "index.html";
    const content = isOurs && given === token && request.method === "GET" ? files.get(path) : undefined;
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    response.setHeader("cache-control", "no-store");
    if (content === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
  });
  await new Promise<void>((listening, fail) => {
    server.once("error", (error) => fail(new Failure(`cannot serve on port ${port}: ${error.message}`)));
    server.listen(port, LOOPBACK, listening);
  });
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/${token}/`;
  const { signal, release } = watchInterruption(() => {});
  const ended = new Promise<void>((end) => {
    signal.addEventListener("abort", () => {
      release();
      server.close(() => end());
      server.closeAllConnections();
    });
  });
  return { url, ended };
}
