/** What is going on, in one line: rewritten on a terminal, a plain line now and then elsewhere. */
export interface StatusLine {
  /** Shows a text if it is time for one; asked for only then. */
  show(text: () => string): void;
  /** Takes the line away; what comes later is not shown. */
  end(): void;
}

/** Milliseconds between lines off a terminal, and between rewrites on one. */
const PLAIN_EVERY_MS = 2000;
const REWRITE_EVERY_MS = 100;

/** @param plainEveryMs Milliseconds between lines where the stream is no terminal. */
export function statusLine(stream: NodeJS.WriteStream = process.stderr, plainEveryMs = PLAIN_EVERY_MS): StatusLine {
  const terminal = stream.isTTY === true && process.env["TERM"] !== "dumb";
  let shown = terminal ? Number.NEGATIVE_INFINITY : performance.now();
  let visible = false;
  let ended = false;
  return {
    show(text) {
      const now = performance.now();
      if (ended || now - shown < (terminal ? REWRITE_EVERY_MS : plainEveryMs)) return;
      shown = now;
      if (!terminal) return void stream.write(`${text()}\n`);
      visible = true;
      stream.write(`\r\u001b[2K${text().slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    end() {
      if (visible) stream.write("\r\u001b[2K");
      visible = false;
      ended = true;
    },
  };
}
