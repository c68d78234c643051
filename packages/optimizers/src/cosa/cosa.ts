import type { Cost, NestPoint } from "@loopnest/mapspace";
import { type Candidate, movedTo, offer, smallerHardware } from "../candidates/candidate.js";
import { chooseOrders, orderChoices } from "../mapper/orders.js";
import { type SearchRun, shareOf, startRun } from "../run/search-run.js";
import { randomHardware } from "../sampling/random-hardware.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import { layerValue } from "../search/objective.js";
import { cosaMapping } from "./cosa-mapping.js";

/** Options of `cosa`. */
export interface CosaOptions extends SearchOptions {
  /** Hardware designs drawn, each an independent part; 20 unless given, fewer if the samples do not suffice. */
  readonly designs?: number;
}

const DEFAULT_DESIGNS = 20;
/** Samples per design at least: loop orders are chosen by evaluation, then the smallest hardware is evaluated. */
const LEAST_SAMPLES = 12;

/**
 * CoSA (Huang et al., ISCA 2021) on random hardware: every layer's tiling in one shot by a mixed-integer program, its
 * loop orders by trying those that matter, then the smallest hardware that holds the mappings. Spends a few samples per
 * design and no more, however many there are: solving takes its time, not evaluating.
 */
export const cosa: SearchMethod<CosaOptions> = {
  name: "cosa",
  parts(_, options) {
    checkOptions(options);
    return Math.max(1, Math.min(options.designs ?? DEFAULT_DESIGNS, Math.floor(options.samples / LEAST_SAMPLES)));
  },
  async run(task, options, part, hooks) {
    const samples = shareOf(options.samples, part, cosa.parts(task, options));
    const run = startRun(task, { seed: options.seed, part, samples }, hooks);
    const sizes = randomHardware(run.network, run.random);
    const candidate = await mapOn(run, sizes);
    if (candidate !== null) {
      offer(run, candidate);
      const smallest = smallerHardware(run, candidate);
      const shrunk =
        smallest === null || run.budget.left < candidate.points.length ? null : movedTo(run, candidate, smallest);
      if (shrunk !== null) offer(run, shrunk);
    }
    return run.record.result(cosa.name, options.seed);
  },
};

async function mapOn(run: SearchRun, sizes: Float64Array): Promise<Candidate | null> {
  const { budget, network, pace, placed } = run;
  const { name } = network.task.objective;
  placed.place(sizes);
  const points: NestPoint[] = [];
  const costs: Cost[] = [];
  for (const [i, { model }] of network.layers.entries()) {
    await pace.breathe();
    const point = await cosaMapping(model.space, placed.available);
    if (point === null || placed.excess(i, point) > 0 || budget.done) return null;
    let best = placed.cost(i);
    // Keeps an evaluation for each of the layers to come.
    const spare = () => budget.left > network.layers.length - i;
    chooseOrders(point, orderChoices(model.space), () => {
      if (!spare()) return Number.POSITIVE_INFINITY;
      placed.excess(i, point);
      const cost = placed.cost(i);
      if (layerValue(name, cost) < layerValue(name, best)) best = cost;
      return layerValue(name, cost);
    });
    points.push(point);
    costs.push(best);
  }
  return { sizes, points, costs, value: placed.value(costs) };
}
