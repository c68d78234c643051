import { type Mapping, pointFromMapping, type Random, random } from "@loopnest/mapspace";
import { makeMapper } from "../mapper/mapper.js";
import { makeNetwork, type Network } from "../network/network.js";
import { makePlacedNetwork } from "../network/placed-network.js";
import { makePace } from "../run/pace.js";
import { makeRecorder } from "../run/recorder.js";
import { checkOptions, combine, type SearchMethod, type SearchOptions } from "../search/method.js";
import type { Design, SearchHooks, SearchResult, SearchTask } from "../search/task.js";
import { gradientDescent } from "./gradient-descent.js";
import { hardwareSearch } from "./hardware-search.js";
import { givenStart, outermostStart, randomStart } from "./start-point.js";
import { type DescentTuning, defaultTuning, type OrderStrategy } from "./tuning.js";

/** Options of `descent`. */
export interface DescentOptions extends SearchOptions {
  /** Start points, each an independent part; 7 unless given. */
  readonly starts?: number;
  /** How loop orders are chosen during the descent; `iterated` unless given. */
  readonly orders?: OrderStrategy;
  /**
   * Where the first starts begin: a mapping for every layer each. Unless given, the first has all loops at the outermost level; starts
   * beyond are random.
   */
  readonly startPoints?: readonly (readonly Mapping[])[];
  /** Settings that measurements have decided; change them to measure again. */
  readonly tuning?: Partial<DescentTuning>;
}

const DEFAULT_STARTS = 7;
/** Samples kept back, so that what is under way when the budget runs out does not exceed it. */
const RESERVE = 6;

function tuningOf({ orders, tuning }: DescentOptions): DescentTuning {
  return { ...defaultTuning, ...(orders === undefined ? {} : { orders }), ...tuning };
}

/**
 * One-loop gradient descent: from every start point all layers descend together, hardware derived at every step; the outcome is
 * rounded and polished by exact evaluations. Then the best few go on for a
 * while, and the best of these takes what samples are left.
 */
export const descent: SearchMethod<DescentOptions> = {
  name: "descent",
  parts(_, options) {
    checkOptions(options);
    return options.starts ?? DEFAULT_STARTS;
  },
  async run(task, options, part, hooks) {
    const { startShare } = tuningOf(options);
    const budget = Math.max(1, Math.floor((options.samples * startShare) / (options.starts ?? DEFAULT_STARTS)));
    return descend(task, options, budget, random(options.seed, part), { part }, hooks);
  },
  async finish(task, options, parts, hooks) {
    const { contenders, contenderShare } = tuningOf(options);
    const spent = parts.reduce((sum, part) => sum + part.samples, 0);
    const left = options.samples - spent;
    const results: SearchResult[] = [];
    for (const [i, design] of byValue(parts).slice(0, contenders).entries()) {
      results.push(await descend(task, options, left * contenderShare, random(options.seed, -1, i), { design }, hooks));
    }
    const rest = results.reduce((sum, result) => sum - result.samples, left);
    const design = byValue(results)[0] ?? byValue(parts)[0];
    results.push(await descend(task, options, rest, random(options.seed, -1), { design }, hooks));
    return combine("descent", options.seed, results);
  },
};

/** Designs of results, the best first. */
function byValue(results: readonly SearchResult[]): Design[] {
  return results.flatMap(({ best }) => (best === null ? [] : [best])).sort((a, b) => a.value - b.value);
}

/** A design to go on from; the start of a part if there is none. */
interface From {
  readonly design?: Design | undefined;
  readonly part?: number;
}

/** Where a part begins, as `gradientDescent` takes it. Other parts than the first, and those not given, begin at random. */
function startPoint(prepared: Network, options: DescentOptions, part: number, source: Random): Float64Array[] {
  const given = options.startPoints?.[part];
  if (given !== undefined) return givenStart(prepared, given);
  const outermost = part === 0 && tuningOf(options).outermostStart;
  return prepared.layers.map(({ model: { space } }) =>
    outermost ? outermostStart(space) : randomStart(space, source),
  );
}

/** Searches from a design, or from a start with gradient steps if there is none. */
async function descend(
  task: SearchTask,
  options: DescentOptions,
  budget: number,
  source: Random,
  { design, part = Number.POSITIVE_INFINITY }: From,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const tuning = tuningOf(options);
  const prepared = makeNetwork(task);
  const record = makeRecorder(budget, hooks);
  const done = () => record.done || record.samples > budget - RESERVE;
  const gradientBudget = budget * tuning.gradientShare;
  const points =
    design === undefined
      ? await gradientDescent(
          prepared,
          { ...tuning, steps: Math.max(1, Math.min(tuning.maxSteps, Math.floor(gradientBudget))) },
          startPoint(prepared, options, part, source),
          source,
          record.spend,
          () => done() || record.samples > gradientBudget,
          makePace(),
        )
      : design.layers.map(({ mapping }, i) => pointFromMapping(prepared.layers[i]!.model.space, mapping));
  if (design === undefined || !done()) {
    const placed = makePlacedNetwork(prepared, {
      spend: (evaluations) => record.spend(evaluations / prepared.layers.length),
    });
    await hardwareSearch(placed, makeMapper(placed, points, done), source, record, done, makePace(), tuning);
  }
  return record.result("descent", options.seed);
}
