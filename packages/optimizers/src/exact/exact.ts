import { LoopnestError } from "@loopnest/mapspace";
import { makeNetwork } from "../network/network.js";
import { checkOptions, type SearchMethod, type SearchOptions } from "../search/method.js";
import type { ConvergencePoint, Design, SearchResult } from "../search/task.js";
import { arrayGroups, checkEffort } from "./array-groups.js";
import { firstDesign } from "./first-design.js";
import { floorBound } from "./floor-bound.js";
import { goal } from "./goal.js";
import { hardwareProof } from "./hardware-proof.js";
import { hardwareSpace } from "./hardware-space.js";
import { type MappingPool, mappingPool } from "./mapping-pool.js";
import { watcher } from "./watcher.js";

/** Options of `exact`. */
export interface ExactOptions extends SearchOptions {
  /** How far above the best that exists the answer may stay, as a fraction of it; 0 (nothing but rounding) unless given. */
  readonly gap?: number;
  /** Nests that may be gone through, loop orders aside, all layers together; 5e7 unless given (about ten minutes). */
  readonly maxNests?: number;
  /**
   * Samples of the descent that gives a first design, so that a search stopped early has a good one;
   * 3,000 unless given, 0 for none.
   */
  readonly firstSamples?: number;
}

const DEFAULT_MAX_NESTS = 5e7;
const DEFAULT_FIRST_SAMPLES = 3000;

/**
 * The certified optimum: the best design that exists, with a lower bound that proves it. The argument stands in
 * docs/exact-search.md. Seed and samples are not used. Stopped early, it returns the best design and the bound so far.
 *
 * `run` throws LoopnestError `unsupported` if the target has too many arrays or the layers too many mappings to go through, the model
 * does not say what costs are made of, or a memory gets cheaper as it grows.
 */
export const exact: SearchMethod<ExactOptions> = {
  name: "exact",
  parts(_, options) {
    checkExactOptions(options);
    return 1;
  },
  async run(task, options, _part, hooks) {
    checkExactOptions(options);
    const started = performance.now();
    const net = makeNetwork(task);
    const space = hardwareSpace(task.model.target, net.fixed);
    const groups = arrayGroups(space, net);
    checkEffort(space, net, groups, options.maxNests ?? DEFAULT_MAX_NESTS);

    const aim = goal(task.objective);
    const convergence: ConvergencePoint[] = [];
    let samples = 0;
    let best: Design | null = null;
    const floor = floorBound(space, net, aim);
    let lowerBound = floor.value;
    const seconds = () => (performance.now() - started) / 1000;
    const take = (design: Design) => {
      best = design;
      convergence.push({ samples, seconds: seconds(), value: design.value });
    };
    const first = await firstDesign(net, options.firstSamples ?? DEFAULT_FIRST_SAMPLES, {
      ...hooks,
      onProgress: (progress) => {
        samples = progress.samples;
        hooks.onProgress?.({ ...progress, budget: null, lowerBound });
      },
    });
    if (first !== null) take(first);
    const proof = hardwareProof(space, net, aim, options.gap ?? 0, first, take);

    const watch = watcher(hooks, () => ({ samples, budget: null, best, lowerBound }));
    const pulse = (evaluations: number) => {
      samples += evaluations / net.layers.length;
      return watch();
    };
    let going = true;
    for (const arrays of groups) {
      const pools: MappingPool[] = [];
      for (const layer of net.layers) {
        const pool = await mappingPool(space, task, layer, arrays, pulse);
        if (pool === null) {
          going = false;
          break;
        }
        // Pools of one array say nothing of the others.
        if (groups.length === 1) floor.refine(pools.length, pool);
        lowerBound = Math.max(lowerBound, floor.value);
        pools.push(pool);
      }
      if (!going) break;
      proof.add(arrays, pools);
    }
    while (going && proof.step()) {
      lowerBound = Math.max(lowerBound, proof.lowerBound);
      going = await watch();
    }
    if (going) lowerBound = Math.max(lowerBound, proof.lowerBound);
    watch.report();
    const account = {
      method: exact.name,
      seed: options.seed,
      samples,
      seconds: seconds(),
      convergence,
      stopped: !going,
    };
    return certified(account, best, lowerBound);
  },
};

/** A result with its certificate: none if nothing fits, which is proven then unless the search was stopped. */
function certified(account: Omit<SearchResult, "best">, best: Design | null, lowerBound: number): SearchResult {
  if (best === null) return Number.isFinite(lowerBound) ? { ...account, best, lowerBound } : { ...account, best };
  return { ...account, best, lowerBound, gap: Math.max(0, best.value / lowerBound - 1) };
}

function checkExactOptions(options: ExactOptions): void {
  checkOptions(options);
  for (const name of ["gap", "maxNests", "firstSamples"] as const) {
    const got = options[name];
    if (got === undefined || (Number.isFinite(got) && got >= 0)) continue;
    throw new LoopnestError({
      code: "input",
      path: name,
      problem: `${name} is ${got}`,
      fix: "give a number that is not negative",
      got,
    });
  }
}
