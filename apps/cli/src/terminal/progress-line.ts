import type { Progress } from "@loopnest/optimizers";
import { duration, quantity, whole } from "./number-format.js";

/** Shows how a search is going: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
export interface ProgressLine {
  update(progress: Progress): void;
  /** Takes the line away; what comes later is not shown. */
  end(): void;
}

/** Milliseconds between lines off a terminal, and between rewrites on one. */
const PLAIN_EVERY_MS = 2000;
const REWRITE_EVERY_MS = 100;

/** @param unit Of the objective's value. */
export function progressLine(unit: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const terminal = stream.isTTY === true && process.env["TERM"] !== "dumb";
  const started = performance.now();
  let shown = terminal ? Number.NEGATIVE_INFINITY : started;
  let visible = false;
  let ended = false;
  return {
    update(progress) {
      const now = performance.now();
      if (ended || now - shown < (terminal ? REWRITE_EVERY_MS : PLAIN_EVERY_MS)) return;
      shown = now;
      const text = progressText(progress, unit, (now - started) / 1000);
      if (!terminal) return void stream.write(`${text}\n`);
      visible = true;
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    end() {
      if (visible) stream.write("\r\u001b[2K");
      visible = false;
      ended = true;
    },
  };
}

/** @param seconds Spent so far. */
export function progressText(progress: Progress, unit: string, seconds: number): string {
  const { best, samples, budget, lowerBound } = progress;
  const parts = [best === null ? "nothing that fits yet" : `best ${quantity(best.value)} ${unit}`];
  if (lowerBound !== undefined && best !== null && lowerBound > 0) {
    parts.push(`at most ${((100 * (best.value - lowerBound)) / lowerBound).toFixed(2)} % above the optimum`);
  }
  if (budget === null) {
    parts.push(`${whole(samples)} samples`, `${duration(seconds)} so far`);
  } else {
    parts.push(`${whole(samples)} of ${whole(budget)} samples`);
    if (samples > 0) parts.push(`${duration((seconds * Math.max(0, budget - samples)) / samples)} left`);
  }
  return parts.join(", ");
}
