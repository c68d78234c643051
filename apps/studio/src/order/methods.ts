import {
  annealing,
  type DescentOptions,
  descent,
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

/** All that a method's answer depends on, as the command line fills it in. */
export function methodOptions(name: MethodName, seed: number, samples: number, starts: number): SearchOptions {
  if (name === "exact") return { seed, samples: 1, gap: 0 } as SearchOptions;
  if (name !== "descent") return { seed, samples };
  const options: DescentOptions = { seed, samples, starts, orders: "iterated" };
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
