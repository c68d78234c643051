import type { SearchJob } from "../jobs/job.js";
import type { SearchInputs } from "../plan/search-plan.js";

/** How long jobs take, from others of their kind: the same inputs, method and samples. */
export interface ExpectedTime {
  /** Seconds; nothing if none of its kind has ended yet, `Infinity` if no samples bound it. */
  of(job: SearchJob): number | undefined;
  /** Takes note of a job that has ended. */
  learn(job: SearchJob, seconds: number): void;
}

/** Weight of the job that ended last. */
const NEWEST = 0.2;

export function expectedTime(): ExpectedTime {
  const kinds = new WeakMap<SearchInputs, Map<string, number>>();
  const nameOf = ({ plan: { method, options }, part }: SearchJob) =>
    `${method} ${options.samples}${part === undefined ? "" : " part"}`;
  return {
    of: (job) =>
      job.plan.method === "exact" ? Number.POSITIVE_INFINITY : kinds.get(job.plan.inputs)?.get(nameOf(job)),
    learn(job, seconds) {
      const known = kinds.get(job.plan.inputs) ?? new Map<string, number>();
      kinds.set(job.plan.inputs, known);
      const name = nameOf(job);
      const before = known.get(name) ?? seconds;
      known.set(name, before + NEWEST * (seconds - before));
    },
  };
}
