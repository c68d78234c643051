import {
  annealing,
  type DescentOptions,
  descent,
  type ExactOptions,
  exact,
  genetic,
  randomSearch,
  type SearchMethod,
  type SearchOptions,
} from "@loopnest/optimizers";

/** Methods that the studio offers, the default first. */
export const methodNames = ["descent", "exact", "random", "annealing", "genetic"] as const;
export type MethodName = (typeof methodNames)[number];

/** What each is, in a few words. */
export const methodSummaries: Readonly<Record<MethodName, string>> = {
  descent: "gradient descent over all layers at once, then a discrete polish",
  exact: "the optimum of the target's space, with the proof",
  random: "random mappings first, the hardware derived from them",
  annealing: "simulated annealing of hardware, tilings and loop orders",
  genetic: "genetic search over hardware and mappings",
};

/** Start points of the descent, and all samples of a search, unless told otherwise: those of the command line. */
export const DEFAULT_STARTS = 7;
export const DEFAULT_SAMPLES = 10_430;

/** What a search is told beside its inputs. */
export interface GivenOptions {
  readonly method: MethodName;
  readonly seed: number;
  readonly samples: number;
  /** Of the descent. */
  readonly starts: number;
  /** Of the exact search: whether tensors of one level may be kept apart. */
  readonly uneven: boolean;
  /** Share of the best value within which the smallest design is wanted; `null` for the best. */
  readonly within: number | null;
}

/** All that a method's answer depends on, as the command line fills it in. */
export function methodOptions({ within, ...given }: GivenOptions): SearchOptions {
  return { ...ofMethod(given), ...(within !== null && { within }) };
}

function ofMethod({ method, seed, samples, starts, uneven }: Omit<GivenOptions, "within">): SearchOptions {
  if (method === "exact") {
    const options: ExactOptions = { seed, samples: 1, gap: 0, ...(uneven && { placement: "uneven" }) };
    return options;
  }
  if (method !== "descent") return { seed, samples };
  const options: DescentOptions = { seed, samples, starts: Math.min(starts, samples), orders: "iterated" };
  return options;
}

export function methodOf(name: MethodName): SearchMethod {
  const methods: Readonly<Record<MethodName, SearchMethod>> = {
    descent,
    exact,
    random: randomSearch,
    annealing,
    genetic,
  };
  return methods[name];
}
