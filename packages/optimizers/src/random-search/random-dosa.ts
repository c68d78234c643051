import { type Cost, clonePoint, copyPoint, isSize, leastSize, type NestPoint, type Random } from "@loopnest/mapspace";
import { offer } from "../candidates/candidate.js";
import type { Network } from "../network/network.js";
import { emptyPoints, shareOf, startRun } from "../run/search-run.js";
import { randomMapping } from "../sampling/random-mapping.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod } from "../search/method.js";
import { layerValue } from "../search/objective.js";

/** Hardware drawn; each takes the same share of the samples. */
const HARDWARE = 10;

/**
 * Random search as DOSA's evaluation has it (Hong et al., MICRO 2023, section 6): ten random hardware designs, 1,000
 * random valid mappings of every layer on each, the mapping of least energy x latency kept for every layer. With
 * another number of samples, each design gets a tenth of them.
 */
export const randomDosa: SearchMethod = {
  name: "random-dosa",
  parts(_, options) {
    checkOptions(options);
    return Math.min(HARDWARE, options.samples);
  },
  async run(task, options, part, hooks) {
    const samples = shareOf(options.samples, part, randomDosa.parts(task, options));
    const run = startRun(task, { seed: options.seed, part, samples }, hooks);
    const { budget, network, pace, placed, random, record } = run;
    const sizes = powersOfTwo(network, random);
    placed.place(sizes);
    const drawn = emptyPoints(run);
    const points: NestPoint[] = drawn.map(clonePoint);
    const costs: (Cost | undefined)[] = drawn.map(() => undefined);
    for (let sample = 0; sample < samples && !budget.done; sample++) {
      await pace.breathe();
      drawn.forEach((point, i) => {
        if (!randomMapping(placed, i, point, random)) return;
        const cost = placed.cost(i);
        const best = costs[i];
        if (best !== undefined && layerValue(task.objective.name, cost) >= layerValue(task.objective.name, best))
          return;
        costs[i] = cost;
        copyPoint(point, points[i]!);
      });
      const known = costs.filter((cost) => cost !== undefined);
      if (known.length === costs.length) offer(run, { sizes, points, costs: known, value: placed.value(known) });
    }
    return record.result(randomDosa.name, options.seed);
  },
};

/**
 * Every size a power of two, each exponent within the range equally likely, up to what random draws take (2^7 rows and
 * 2^11 KB for gemmini, as in DOSA); fixed sizes stay as they are.
 */
function powersOfTwo({ task, fixed }: Network, random: Random): Float64Array {
  const { sizes } = task.model.target;
  return Float64Array.from(sizes, (size, k) => {
    if (!Number.isNaN(fixed[k]!)) return fixed[k]!;
    const largest = size.drawnUpTo ?? size.max;
    const powers = Array.from({ length: 54 }, (_, exponent) => 2 ** exponent).filter(
      (power) => power <= largest && isSize(size, power),
    );
    return powers.length === 0 ? leastSize(size) : random.pick(powers);
  });
}
