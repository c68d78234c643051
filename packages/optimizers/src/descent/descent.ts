import { pointFromMapping } from "@loopnest/mapspace";
import { mapper } from "../mapper/mapper.js";
import { checkOptions, type SearchMethod, type SearchOptions } from "../method.js";
import { network } from "../network.js";
import { pace } from "../pace.js";
import { random } from "../random.js";
import { recorder } from "../recorder.js";
import { gradientDescent, type OrderStrategy } from "./gradient-descent.js";
import { hardwareSearch } from "./hardware-search.js";
import { type DescentTuning, defaultTuning } from "./tuning.js";

export interface DescentOptions extends SearchOptions {
  /** Start points, each an independent part; 7 unless given. */
  readonly starts?: number;
  /** How loop orders are chosen during the descent; `iterated` unless given. */
  readonly orders?: OrderStrategy;
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
 * rounded and polished by exact evaluations. What samples are left go on from the best start.
 */
export const descent: SearchMethod<DescentOptions> = {
  name: "descent",
  parts(_, options) {
    checkOptions(options);
    return options.starts ?? DEFAULT_STARTS;
  },
  async run(task, options, part, hooks) {
    const prepared = network(task);
    const tuning = tuningOf(options);
    const budget = Math.max(1, Math.floor((options.samples * tuning.startShare) / (options.starts ?? DEFAULT_STARTS)));
    const record = recorder(budget, hooks);
    const source = random(options.seed, part);
    const yielding = pace();
    const steps = Math.max(1, Math.min(tuning.maxSteps, Math.floor(budget * tuning.gradientShare)));
    const done = () => record.done || record.samples > budget - RESERVE;
    const points = await gradientDescent(
      prepared,
      { ...tuning, steps },
      source,
      record.spend,
      () => done() || record.samples > budget * tuning.gradientShare,
      yielding,
    );
    await hardwareSearch(
      prepared,
      mapper(prepared, points, record.spend, done),
      source,
      record,
      done,
      yielding,
      tuning,
    );
    return record.result("descent", options.seed);
  },
  async finish(task, options, parts, hooks) {
    const spent = parts.reduce((sum, part) => sum + part.samples, 0);
    const designs = parts.flatMap((part) => (part.best === null ? [] : [part.best])).sort((a, b) => a.value - b.value);
    const [best] = designs;
    const budget = options.samples - spent;
    const record = recorder(budget, hooks);
    const done = () => record.done || record.samples > budget - RESERVE;
    if (best === undefined || done()) return record.result("descent", options.seed);
    const prepared = network(task);
    const pointsOf = (design: typeof best) =>
      design.layers.map(({ mapping }, i) => pointFromMapping(prepared.layers[i]!.model.space, mapping));
    const search = mapper(prepared, pointsOf(best), record.spend, done);
    await hardwareSearch(prepared, search, random(options.seed, -1), record, done, pace(), tuningOf(options));
    return record.result("descent", options.seed);
  },
};
