import type { DescentOptions, ExactOptions, SearchMethod, SearchOptions } from "@loopnest/optimizers";

/** What a search can be told beside its inputs. */
export interface GivenOptions {
  readonly seed: number;
  readonly samples?: number;
  readonly starts?: number;
  readonly steps?: number;
  readonly orders?: DescentOptions["orders"];
  readonly gap?: number;
}

/** A search method as the command line offers it. */
interface OfferedMethod {
  /** Options that it takes beside the seed. */
  readonly takes: readonly (keyof GivenOptions)[];
  /** Its options, defaults filled in: all that its answer depends on. */
  options(given: GivenOptions): SearchOptions;
  load(): Promise<SearchMethod>;
}

/** Start points and samples per start of DOSA's own runs. */
const DESCENT_STARTS = 7;
const DESCENT_STEPS = 1490;

const METHODS = {
  descent: {
    takes: ["samples", "starts", "steps", "orders"],
    options: ({
      seed,
      starts = DESCENT_STARTS,
      steps = DESCENT_STEPS,
      samples = starts * steps,
      orders = "iterated",
    }) => {
      const options: DescentOptions = { seed, samples, starts, orders };
      return options;
    },
    load: async () => (await import("@loopnest/optimizers")).descent,
  },
  exact: {
    takes: ["gap"],
    options: ({ seed, gap = 0 }) => {
      // It is bounded by the mapspace: samples are only counted.
      const options: ExactOptions = { seed, samples: 1, gap };
      return options;
    },
    load: async () => (await import("@loopnest/optimizers")).exact,
  },
} satisfies Record<string, OfferedMethod>;

export type MethodName = keyof typeof METHODS;

/** Names of all methods, the default first. */
export const methodNames = Object.keys(METHODS) as MethodName[];

/** How a method takes its options. */
export function offeredMethod(name: MethodName): OfferedMethod {
  return METHODS[name];
}

/** The method itself; loaded when it is needed. */
export function searchMethod(name: MethodName): Promise<SearchMethod> {
  return offeredMethod(name).load();
}
