import { duration, whole } from "../terminal/number-format.js";

/** Shows how many cases are measured: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
export interface MeasureProgress {
  update(measured: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds between lines off a terminal, and between rewrites on one. */
const PLAIN_EVERY_MS = 10_000;
const REWRITE_EVERY_MS = 100;

export function measureProgress(cases: number, stream: NodeJS.WriteStream = process.stderr): MeasureProgress {
  const terminal = stream.isTTY === true && process.env["TERM"] !== "dumb";
  let shown = terminal ? Number.NEGATIVE_INFINITY : performance.now();
  // The first case may have waited for a simulator to be built: time counts from its end.
  let first: { readonly measured: number; readonly at: number } | undefined;
  let visible = false;
  return {
    update(measured) {
      const now = performance.now();
      first ??= { measured, at: now };
      if (measured === first.measured) return;
      if (now - shown < (terminal ? REWRITE_EVERY_MS : PLAIN_EVERY_MS)) return;
      shown = now;
      const seconds = (now - first.at) / 1000 / (measured - first.measured);
      const left = duration(seconds * (cases - measured));
      const text = `${whole(measured)} of ${whole(cases)} cases measured, ${left} left`;
      if (!terminal) return void stream.write(`${text}\n`);
      visible = true;
      stream.write(`\r\u001b[2K${text}`);
    },
    end() {
      if (visible) stream.write("\r\u001b[2K");
      visible = false;
    },
  };
}
