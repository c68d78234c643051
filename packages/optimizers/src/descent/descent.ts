import { type Mapping, type NestPoint, pointFromMapping } from "@loopnest/mapspace";
import { type SearchRun, startRun } from "../run/search-run.js";
import { checkOptions } from "../search/check-search.js";
import { combine } from "../search/combine.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import { runSearch } from "../search/run-search.js";
import type { Design, SearchHooks, SearchResult, SearchTask } from "../search/task.js";
import { gradientDescent } from "./gradient-descent.js";
import { hardwareSearch } from "./hardware-search.js";
import { leastArea } from "./least-area.js";
import { givenStart, outermostStart, randomStart } from "./start-point.js";
import { type DescentTuning, defaultTuning, type OrderStrategy } from "./tuning.js";

/** Options of `descent`. */
export interface DescentOptions extends SearchOptions {
  /**
   * Start points, each an independent part. Unless given, one for every 1,000 samples, but at least 2 and at most 7:
   * more of them would have too few samples each to leave where they begin.
   */
  readonly starts?: number;
  /** How loop orders are chosen during the descent; `iterated` unless given. */
  readonly orders?: OrderStrategy;
  /**
   * Where the first starts begin: a mapping for every layer each. Unless given, the first has all loops at the
   * outermost level; starts beyond are random.
   */
  readonly startPoints?: readonly (readonly Mapping[])[];
  /** Settings that measurements have decided; change them to measure again. */
  readonly tuning?: Partial<DescentTuning>;
}

/** Start points at least and at most, and samples of the whole search for each of them. */
const FEWEST_STARTS = 2;
const MOST_STARTS = 7;
const SAMPLES_A_START = 1000;
/** Samples that a start has at least, as far as there are any: with fewer, nothing is kept on chip yet. */
const LEAST_OF_START = 150;
/** Samples kept back, so that what is under way when the budget runs out does not exceed it. */
const RESERVE = 6;
/** Start points of each of the searches that least area takes. */
const AREA_STARTS = 2;
/** What they may spend of all that goes on from a design; a walk along area takes the rest. */
const AREA_SHARE = 0.85;

function tuningOf({ orders, tuning }: DescentOptions): DescentTuning {
  return { ...defaultTuning, ...(orders === undefined ? {} : { orders }), ...tuning };
}

function startsOf({ starts, samples }: DescentOptions): number {
  return (
    starts ?? Math.min(samples, Math.max(FEWEST_STARTS, Math.min(MOST_STARTS, Math.floor(samples / SAMPLES_A_START))))
  );
}

/**
 * One-loop gradient descent: from every start point all layers descend together, hardware derived at every step; the
 * outcome is rounded and polished by exact evaluations. Then the best few go on for a while, and the best of these
 * takes what samples are left.
 */
export const descent: SearchMethod<DescentOptions> = {
  name: "descent",
  parts(_, options) {
    checkOptions(options);
    return startsOf(options);
  },
  async run(task, options, part, hooks) {
    const { startShare } = tuningOf(options);
    const each = options.samples / startsOf(options);
    const budget = Math.max(1, Math.floor(Math.max(each * startShare, Math.min(each, LEAST_OF_START))));
    return descend(startRun(task, { seed: options.seed, part, samples: budget }, hooks), options, { part });
  },
  async finish(task, options, parts, hooks) {
    const { contenders, contenderShare } = tuningOf(options);
    const spent = parts.reduce((sum, part) => sum + part.samples, 0);
    const left = options.samples - spent;
    const results: SearchResult[] = [];
    const goOn = async (design: Design | undefined, samples: number, ...path: number[]) => {
      const run = startRun(task, { seed: options.seed, part: [-1, ...path], samples }, hooks);
      results.push(await descend(run, options, { design }));
    };
    if (task.objective.name === "area") {
      const known = byValue(parts)[0] ?? null;
      results.push(...(await shrinkArea(task, options, left * (1 - contenderShare), known, hooks)));
    } else {
      for (const [i, design] of byValue(parts).slice(0, contenders).entries()) {
        await goOn(design, left * contenderShare, i);
      }
    }
    const rest = results.reduce((sum, result) => sum - result.samples, left);
    await goOn(byValue(results)[0] ?? byValue(parts)[0], rest);
    return combine("descent", options.seed, results);
  },
  async goOn(task, options, design, _, hooks) {
    const { seed, samples } = options;
    const results: SearchResult[] = [];
    if (task.objective.name === "area")
      results.push(...(await shrinkArea(task, options, samples * AREA_SHARE, design, hooks)));
    const left = results.reduce((sum, result) => sum - result.samples, samples);
    const from = byValue(results)[0] ?? design;
    results.push(await descend(startRun(task, { seed, part: [-2], samples: left }, hooks), options, { design: from }));
    return combine("descent", seed, results);
  },
};

/** Least area, by descents within ever smaller ones. @param samples Of all. */
function shrinkArea(
  task: SearchTask,
  options: DescentOptions,
  samples: number,
  known: Design | null,
  hooks: SearchHooks,
): Promise<SearchResult[]> {
  const { within: _, startPoints: __, ...own } = options;
  const { signal, hold } = hooks;
  const quiet = { ...(signal !== undefined && { signal }), ...(hold !== undefined && { hold }) };
  return leastArea(task, known, (trial, share) => {
    const each = { ...own, samples: Math.max(1, Math.floor(samples * share)), starts: AREA_STARTS };
    return runSearch(descent, trial, each, quiet);
  });
}

/** Designs of results, the best first. */
function byValue(results: readonly SearchResult[]): Design[] {
  return results.flatMap(({ best }) => (best === null ? [] : [best])).sort((a, b) => a.value - b.value);
}

/** A design to go on from; the start of a part if there is none. */
interface From {
  readonly design?: Design | undefined;
  readonly part?: number;
}

/**
 * Where a part begins, as `gradientDescent` takes it. Other parts than the first, and those not given, begin at random.
 */
function startPoint({ network, random }: SearchRun, options: DescentOptions, part: number): Float64Array[] {
  const given = options.startPoints?.[part];
  if (given !== undefined) return givenStart(network, given);
  const outermost = part === 0 && tuningOf(options).outermostStart;
  return network.layers.map(({ model: { space } }) => (outermost ? outermostStart(space) : randomStart(space, random)));
}

/** Searches from a design, or from a start with gradient steps if there is none. */
async function descend(
  run: SearchRun,
  options: DescentOptions,
  { design, part = Number.POSITIVE_INFINITY }: From,
): Promise<SearchResult> {
  const tuning = tuningOf(options);
  const { network, budget, record } = run;
  const { layers } = network;
  const samples = budget.left / layers.length;
  const done = () => budget.done || budget.left < RESERVE * layers.length;
  let points: readonly NestPoint[];
  if (design === undefined) {
    const steps = Math.max(1, Math.min(tuning.maxSteps, Math.floor(samples * tuning.gradientShare)));
    const kept = budget.left * (1 - tuning.gradientShare);
    const start = startPoint(run, options, part);
    points = await gradientDescent(run, { ...tuning, steps }, start, () => done() || budget.left < kept);
  } else {
    points = design.layers.map(({ mapping }, i) => pointFromMapping(layers[i]!.model.space, mapping));
  }
  if (design === undefined || !done()) await hardwareSearch(run, points, tuning, done);
  return record.result(descent.name, options.seed);
}
