import type { Cost } from "@loopnest/mapspace";
import type { Weights } from "./placement.js";

/** Differences of this part of a value are rounding. */
const ROUNDING = 1e-12;

/**
 * The vertices of the lower hull of all (latency, energy) that mappings of a layer reach, from least latency to least
 * energy: what a network chooses from. Between two vertices the weights for which both are equally good either give a
 * new one, or prove that there is none.
 *
 * @param ends Whether only the least energy, or only the least latency, is asked for.
 * @returns No vertices if no mapping fits; `null` if told to stop.
 */
export async function layerHull<T extends Readonly<Cost>>(
  optimum: (weights: Weights) => T | null,
  ends: "both" | "energy" | "latency",
  goOn: () => boolean | Promise<boolean>,
): Promise<T[] | null> {
  let stopped = false;
  const ask = async (weights: Weights): Promise<T | null> => {
    stopped ||= !(await goOn());
    return stopped ? null : optimum(weights);
  };
  const between = async (fast: T, frugal: T): Promise<T[]> => {
    const weights = {
      energy: frugal.latencyCycles - fast.latencyCycles,
      latency: fast.energyPj - frugal.energyPj,
    };
    if (weights.energy <= 0 || weights.latency <= 0) return [];
    const value = (point: T) => weights.energy * point.energyPj + weights.latency * point.latencyCycles;
    const found = await ask(weights);
    if (found === null || value(found) >= value(fast) * (1 - ROUNDING)) return [];
    return [...(await between(fast, found)), found, ...(await between(found, frugal))];
  };
  const fast = ends === "energy" ? null : await ask({ energy: 0, latency: 1 });
  const frugal = ends === "latency" ? null : await ask({ energy: 1, latency: 0 });
  const hull =
    fast === null || frugal === null
      ? [fast, frugal].filter((point) => point !== null)
      : [fast, ...(await between(fast, frugal)), frugal];
  return stopped ? null : hull;
}
