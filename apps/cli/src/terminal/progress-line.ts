import type { Progress } from "@loopnest/optimizers";
import { duration, quantity, whole } from "@loopnest/report";
import { statusLine } from "./status-line.js";
import { makeTimeLeft } from "./time-left.js";

/** Shows how a search is going: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
export interface ProgressLine {
  update(progress: Progress): void;
  /** Takes the line away; what comes later is not shown. */
  end(): void;
}

/** @param unit Of the objective's value. */
export function progressLine(unit: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const started = performance.now();
  const line = statusLine(stream);
  const timeLeft = makeTimeLeft();
  return {
    update(progress) {
      const left = progress.budget === null ? null : timeLeft.read(progress.samples, progress.budget);
      line.show(() => progressText(progress, unit, (performance.now() - started) / 1000, left));
    },
    end: line.end,
  };
}

/** @param seconds Spent so far. @param left Seconds that the rest will take, if that is known. */
export function progressText(progress: Progress, unit: string, seconds: number, left: number | null = null): string {
  const { best, samples, budget, lowerBound } = progress;
  const parts = [best === null ? "nothing that fits yet" : `best ${quantity(best.value)} ${unit}`];
  if (lowerBound !== undefined && best !== null && lowerBound > 0) {
    parts.push(`at most ${((100 * (best.value - lowerBound)) / lowerBound).toFixed(2)} % above the optimum`);
  }
  if (budget === null) {
    parts.push(`${whole(samples)} samples`, `${duration(seconds)} so far`);
  } else {
    parts.push(`${whole(samples)} of ${whole(budget)} samples`);
    parts.push(left === null ? `${duration(seconds)} so far` : `${duration(left)} left`);
  }
  return parts.join(", ");
}
