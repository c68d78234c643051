import { LoopnestError } from "@loopnest/mapspace";

/** Where a queue is. */
export interface QueueUrl {
  /** As a client takes it, with credentials: never to be shown. */
  readonly url: string;
  /** As people may see it. */
  readonly shown: string;
}

const SCHEMES: Readonly<Record<string, string>> = {
  "redis:": "redis:",
  "rediss:": "rediss:",
  "valkey:": "redis:",
  "valkeys:": "rediss:",
};

/**
 * @throws LoopnestError `input` for a text that is no URL of a server that can hold a queue; it does not repeat the
 * text.
 */
export function queueUrl(given: string): QueueUrl {
  const url = URL.canParse(given) ? new URL(given) : null;
  const scheme = SCHEMES[url?.protocol ?? ""];
  if (url === null || scheme === undefined || url.hostname === "") {
    const postgres = /^postgres(ql)?:/.test(given);
    throw new LoopnestError({
      code: "input",
      path: "--queue",
      problem: postgres ? "queues on PostgreSQL are not offered" : "this is no URL of a Redis or Valkey server",
      fix: "write it like redis://localhost:6379, or rediss://user:password@host:6380 with TLS",
    });
  }
  const rest = `//${url.host}${url.pathname === "/" ? "" : url.pathname}`;
  return { url: given.replace(/^[^:]*:/, scheme), shown: `${url.protocol}${rest}` };
}
