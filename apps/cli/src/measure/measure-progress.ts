import { duration, whole } from "@loopnest/report";
import { statusLine } from "../terminal/status-line.js";
import { makeTimeLeft } from "../terminal/time-left.js";

/** Shows how many cases are measured: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
export interface MeasureProgress {
  update(measured: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds between lines off a terminal. */
const PLAIN_EVERY_MS = 10_000;

export function measureProgress(cases: number): MeasureProgress {
  const line = statusLine(process.stderr, PLAIN_EVERY_MS);
  const timeLeft = makeTimeLeft();
  return {
    update(measured) {
      const left = timeLeft.read(measured, cases);
      line.show(() => {
        const told = `${whole(measured)} of ${whole(cases)} cases measured`;
        return left === null ? told : `${told}, ${duration(left)} left`;
      });
    },
    end: line.end,
  };
}
