import { duration, percent } from "@loopnest/report";
import { statusLine } from "../terminal/status-line.js";
import type { PlannedRun } from "./planned-run.js";

/** Shows how a comparison is going. */
export interface CompareProgress {
  /** @param share Of its samples that a run has spent, if it is bounded by samples. */
  running(run: PlannedRun, share: number | null): void;
  /** A run has ended. @param more Runs that follow from it. */
  ended(run: PlannedRun, more: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds between lines off a terminal. */
const PLAIN_EVERY_MS = 10_000;

/** @param runs Runs to be done. @param finished Those that are done already. */
export function compareProgress(runs: number, finished: number): CompareProgress {
  const started = performance.now();
  const line = statusLine(process.stderr, PLAIN_EVERY_MS);
  const now = new Map<PlannedRun, number | null>();
  let all = runs + finished;
  let done = finished;
  const text = () => {
    const current = [...now].map(([run, share]) => runName(run) + (share === null ? "" : ` ${percent(share)}`));
    const so = duration((performance.now() - started) / 1000);
    return [`${done} of ${all} runs, ${so} so far`, ...current].join("; ");
  };
  return {
    running(run, share) {
      now.set(run, share);
      line.show(text);
    },
    ended(run, more) {
      now.delete(run);
      done++;
      all += more;
      line.show(text);
    },
    end: line.end,
  };
}

/** How a run is called: "bert annealing 3", "bert on eyeriss exact". */
export function runName({ role, workload, target, method, seed }: PlannedRun): string {
  const where = role === "fixed" ? ` on ${target}` : "";
  return `${workload}${where} ${method}${method === "exact" ? "" : ` ${seed}`}`;
}
