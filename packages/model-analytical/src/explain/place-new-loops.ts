import type { Architecture, Counts, Mapping, Problem, TemporalLoop } from "@loopnest/mapspace";
import { evaluate } from "../evaluate/evaluate.js";

/**
 * Puts the temporal loops that a level has in a mapping, but had not in an earlier one, each where the mapping costs
 * least in energy x latency; the other loops keep their order.
 *
 * @param freeOrder Levels that may be reordered.
 */
export function placeNewLoops(
  problem: Problem,
  architecture: Architecture,
  earlier: Mapping,
  mapping: Mapping,
  freeOrder: readonly number[],
  counts: Counts,
): Mapping {
  let best = mapping;
  let least = costOf(best);
  for (const l of freeOrder) {
    const had = new Set(earlier[l]!.temporal.map(([dim]) => dim));
    for (const loop of mapping[l]!.temporal) {
      if (had.has(loop[0])) continue;
      for (const temporal of insertions(best[l]!.temporal, loop)) {
        const candidate = best.map((level, i) => (i === l ? { ...level, temporal } : level));
        const cost = costOf(candidate);
        if (cost >= least) continue;
        least = cost;
        best = candidate;
      }
    }
  }
  return best;

  function costOf(candidate: Mapping): number {
    const { energyPj, cycles } = evaluate(problem, architecture, candidate, counts);
    return energyPj * cycles;
  }
}

/** The loops with one of them at every place. */
function insertions(loops: readonly TemporalLoop[], moved: TemporalLoop): TemporalLoop[][] {
  const others = loops.filter(([dim]) => dim !== moved[0]);
  return loops.map((_, place) => [...others.slice(0, place), moved, ...others.slice(place)]);
}
