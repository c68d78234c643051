import type { Progress } from "@loopnest/optimizers";
import type { JobOutcome, SearchJob, SentAnswer } from "./job.js";
import { type JobThread, startJobThread } from "./job-thread.js";

/** How a caller follows and steers jobs that are of some kind of its own. */
export interface JobHooks<Job extends SearchJob> {
  /** Asks to stop: no other job begins, running ones have a while to give back what they have. */
  readonly signal: AbortSignal;
  /** That while, in milliseconds; none unless given. */
  readonly graceMs?: number;
  /** Seconds after which a job is asked for what it has; no limit if undefined. */
  readonly limit?: (job: Job) => number | undefined;
  /** Makes what was taken outlive a failure of power; what a queue has of it is taken away then. */
  readonly keep?: () => Promise<void>;
  /** Takes a further answer of a job that has ended: a queue may have it done twice. */
  readonly onRepeat?: (key: string, answer: SentAnswer, by: string) => Promise<void>;
  /** Is told of how jobs go, where they run on threads of this machine. */
  readonly onProgress?: (job: Job, progress: Progress) => void;
  /**
   * Takes the outcome of every job that has begun, and may keep it: the thread's next job waits for that. Returns jobs
   * that follow.
   */
  readonly onEnd: (job: Job, outcome: JobOutcome) => Promise<readonly Job[]>;
}

/** Jobs in their order; asked for one by one, when somebody is free to do them. */
export type JobSource<Job extends SearchJob> = Iterable<Job> | AsyncIterable<Job>;

/** Something that runs jobs: threads of this machine, or workers anywhere. */
export type JobRunner = <Job extends SearchJob>(jobs: JobSource<Job>, hooks: JobHooks<Job>) => Promise<void>;

/** Runs jobs on threads of this machine. @param workers Threads at most. */
export function onThreads(workers: number): JobRunner {
  return (jobs, hooks) => runJobs(jobs, workers, hooks);
}

/**
 * Runs jobs on worker threads, in their order, each thread taking the next one when it is free; and those that follow
 * from them.
 *
 * @param workers Threads at most.
 * @throws What `onEnd` throws; all other jobs are then given up.
 */
async function runJobs<Job extends SearchJob>(
  jobs: JobSource<Job>,
  workers: number,
  hooks: JobHooks<Job>,
): Promise<void> {
  const { next, follow, hasMore } = jobTaker(jobs);
  const threads = new Set<JobThread>();
  let running = 0;
  let failed = false;
  let changed = deferred();

  const runOne = async (thread: JobThread, job: Job) => {
    running++;
    try {
      follow(await hooks.onEnd(job, await supervised(thread, job, hooks)));
    } finally {
      running--;
      changed.resolve();
      changed = deferred();
    }
  };
  const work = async () => {
    let thread: JobThread | undefined;
    while (!hooks.signal.aborted && !failed) {
      const job = await next();
      if (hooks.signal.aborted || failed) return;
      if (job !== undefined) {
        if (thread?.alive !== true) threads.add((thread = startJobThread()));
        await runOne(thread, job);
      } else if (hasMore()) {
        // Has come since the question was asked.
      } else if (running > 0) {
        // What others are running may lead to more.
        await changed.promise;
      } else return;
    }
  };
  const endAll = () => Promise.all([...threads].map((thread) => thread.end()));
  const workOrFail = () =>
    work().catch(async (error: unknown) => {
      failed = true;
      await endAll();
      throw error;
    });
  try {
    await Promise.all(Array.from({ length: workers }, workOrFail));
  } finally {
    failed = true;
    await endAll();
  }
}

/** Takes jobs one by one; those that follow from others, when all else is taken. */
export function jobTaker<Job extends SearchJob>(jobs: JobSource<Job>) {
  const source = Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator]();
  const following: Job[] = [];
  return {
    /** The next job; none if there is none at the moment. */
    async next(): Promise<Job | undefined> {
      const { done, value } = await source.next();
      return done === true ? following.shift() : value;
    },
    /** Adds jobs that follow. */
    follow: (more: readonly Job[]) => void following.push(...more),
    /** Whether some have been added that nobody has taken. */
    hasMore: () => following.length > 0,
  };
}

/** Runs a job, and asks it to stop when its time is over or the caller wants an end. */
async function supervised<Job extends SearchJob>(
  thread: JobThread,
  job: Job,
  { signal, graceMs = 0, limit, onProgress }: JobHooks<Job>,
): Promise<JobOutcome> {
  const seconds = limit?.(job);
  const timers = seconds === undefined ? [] : [setTimeout(() => thread.stop(), seconds * 1000)];
  const stop = () => {
    if (graceMs > 0) thread.stop();
    timers.push(setTimeout(() => void thread.end(), graceMs));
  };
  signal.addEventListener("abort", stop);
  try {
    return await thread.run(job, onProgress && ((progress) => onProgress(job, progress)));
  } finally {
    signal.removeEventListener("abort", stop);
    timers.forEach(clearTimeout);
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
