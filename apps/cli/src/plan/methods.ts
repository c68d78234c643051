import type { DescentOptions, ExactOptions, SearchMethod, SearchOptions } from "@loopnest/optimizers";
import type { CosaOptions } from "@loopnest/optimizers/cosa";

/** Options that some methods take and others do not, as the command line names them. */
export interface MethodOptions {
  readonly samples?: number;
  readonly starts?: number;
  readonly steps?: number;
  readonly orders?: DescentOptions["orders"];
  readonly gap?: number;
  readonly designs?: number;
  readonly uneven?: boolean;
}

/** What a search can be told beside its inputs. */
export interface GivenOptions extends MethodOptions {
  readonly seed: number;
}

/** A search method as the command line offers it. */
export interface OfferedMethod {
  /** What it is, in a few words. */
  readonly summary: string;
  /** Options that it takes beside the seed; others are a mistake. */
  readonly takes: readonly (keyof MethodOptions)[];
  /** Its options, defaults filled in: all that its answer depends on. */
  options(given: GivenOptions): SearchOptions;
  load(): Promise<SearchMethod>;
}

/** Start points and samples per start of DOSA's own runs. */
const DESCENT_STARTS = 7;
const DESCENT_STEPS = 1490;
/** Evaluations of the network that a search spends unless told otherwise, by any method: 10,430. */
export const DEFAULT_SAMPLES = DESCENT_STARTS * DESCENT_STEPS;
/** As many as CoSA's method draws by itself. */
const COSA_DESIGNS = 20;

const METHODS = {
  descent: {
    summary: "gradient descent over all layers at once, then a discrete polish",
    takes: ["samples", "starts", "steps", "orders"],
    options: ({ seed, starts, steps = DESCENT_STEPS, samples, orders = "iterated" }) => {
      // Where samples are given, how many starts they are enough for is the method's to say.
      const known = starts ?? (samples === undefined ? DESCENT_STARTS : undefined);
      const all = samples ?? (starts ?? DESCENT_STARTS) * steps;
      const options: DescentOptions = { seed, samples: all, ...(known !== undefined && { starts: known }), orders };
      return options;
    },
    load: async () => (await import("@loopnest/optimizers")).descent,
  },
  exact: {
    summary: "the optimum of the target's space, with the proof; a bound where it is too large to go through",
    takes: ["gap", "uneven"],
    options: ({ seed, gap = 0, uneven = false }) => {
      // It is bounded by the mapspace: samples are only counted.
      const options: ExactOptions = { seed, samples: 1, gap, ...(uneven && { placement: "uneven" }) };
      return options;
    },
    load: async () => (await import("@loopnest/optimizers")).exact,
  },
  random: {
    summary: "random mappings first, the hardware derived from them",
    ...bySamples(async () => (await import("@loopnest/optimizers")).randomSearch),
  },
  "random-dosa": {
    summary: "DOSA's random search: 10 random hardware designs, the samples parted among them",
    ...bySamples(async () => (await import("@loopnest/optimizers")).randomDosa),
  },
  annealing: {
    summary: "simulated annealing of hardware, tilings and loop orders (after SALSA)",
    ...bySamples(async () => (await import("@loopnest/optimizers")).annealing),
  },
  genetic: {
    summary: "genetic search over hardware and mappings (GAMMA's operators)",
    ...bySamples(async () => (await import("@loopnest/optimizers")).genetic),
  },
  bayesian: {
    summary: "Bayesian optimisation of the hardware, mappings annealed on it",
    ...bySamples(async () => (await import("@loopnest/optimizers/bayesian")).bayesian),
  },
  "bayesian-dosa": {
    summary: "DOSA's two Gaussian processes, one over mappings, one over hardware",
    ...bySamples(async () => (await import("@loopnest/optimizers/bayesian")).bayesianDosa),
  },
  cosa: {
    summary: "CoSA's integer program for every layer, on random hardware designs",
    takes: ["samples", "designs"],
    options: ({ seed, samples = DEFAULT_SAMPLES, designs = COSA_DESIGNS }) => {
      const options: CosaOptions = { seed, samples, designs };
      return options;
    },
    load: async () => (await import("@loopnest/optimizers/cosa")).cosa,
  },
} satisfies Record<string, OfferedMethod>;

export type MethodName = keyof typeof METHODS;

/** Names of all methods, the default first. */
export const methodNames = Object.keys(METHODS) as MethodName[];

/** All that can be compared; the exact search is what they are measured by. */
export const comparedMethods: readonly MethodName[] = methodNames.filter((name) => name !== "exact");

/** Options that at least one method takes. */
export const methodOptionNames: readonly (keyof MethodOptions)[] = [
  ...new Set(methodNames.flatMap((name) => offeredMethod(name).takes)),
];

/** How a method takes its options. */
export function offeredMethod(name: MethodName): OfferedMethod {
  return METHODS[name];
}

/** The method itself; loaded when it is needed. */
export function searchMethod(name: MethodName): Promise<SearchMethod> {
  return offeredMethod(name).load();
}

/** A method that seed and samples say everything to. */
function bySamples(load: () => Promise<SearchMethod>): Omit<OfferedMethod, "summary"> {
  return { takes: ["samples"], options: ({ seed, samples = DEFAULT_SAMPLES }) => ({ seed, samples }), load };
}
