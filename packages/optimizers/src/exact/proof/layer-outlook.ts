import { type Corners, cornersOf } from "../bounds/floor-bound.js";
import { makeLowerHull } from "../bounds/lower-hull.js";
import { hullOfLines, type Weights } from "../bounds/multipliers.js";
import { accountOf } from "../enumerate/layer-splits.js";
import { type Pulse, type WalkedLayer, walkLayer } from "../enumerate/layer-walk.js";

/** Sums may come out too large by their rounding. */
const ROUNDING = 1e-13;

/**
 * What a layer costs at least if it may choose the hardware for itself, and every level of it its own: the least of
 * energy and latency by some weights, found by going through its mappings and leaving out those that beat none of the
 * sums found so far.
 *
 * @param floor What is known of all executions before.
 * @returns Corners of all costs of all executions together; `null` if the pulse says stop.
 */
export async function layerOutlook(
  walked: Omit<WalkedLayer, "counted">,
  weights: readonly Weights[],
  floor: Corners,
  pulse: Pulse,
): Promise<Corners | null> {
  const { task, layer, least } = walked;
  const { reference, capacities, fanOut } = least;
  const { count } = layer;
  const sums = weights.map(() => Number.POSITIVE_INFINITY);
  const byEnergy = Float64Array.from(weights, (one) => one.byEnergy);
  const byLatency = Float64Array.from(weights, (one) => one.byLatency);
  // Where counts depend on the array, what is the least of all of them is known of splits only.
  const counted = accountOf(task, layer).meshDependent ? null : reference;
  const done = await walkLayer(
    { ...walked, counted },
    {
      wanted(latency, energy) {
        for (let k = 0; k < sums.length; k++) {
          if (byEnergy[k]! * energy + byLatency[k]! * latency < sums[k]!) return true;
        }
        return false;
      },
      fits({ words, x, y }) {
        for (let l = 0; l < words.length; l++) {
          if (words[l]! > capacities[l]!) return false;
          if (x[l]! > fanOut.x[l]! * (1 + 1e-12) || y[l]! > fanOut.y[l]! * (1 + 1e-12)) return false;
        }
        return true;
      },
      visit({ latencyCycles, energyPj }) {
        for (let k = 0; k < sums.length; k++) {
          sums[k] = Math.min(sums[k]!, byEnergy[k]! * energyPj + byLatency[k]! * latencyCycles);
        }
      },
      pulse,
    },
  );
  if (!done) return null;
  // Without a mapping that fits, nothing is said: the gathering finds none either.
  if (sums.some((sum) => sum === Number.POSITIVE_INFINITY)) return floor;
  const hull = makeLowerHull();
  const leastSums = sums.map((sum) => sum * count * (1 - ROUNDING));
  let [latency, energy] = [floor.latency[0]!, floor.energy.at(-1)!];
  weights.forEach((one, k) => {
    if (one.byEnergy === 0) latency = Math.max(latency, leastSums[k]! / one.byLatency);
    if (one.byLatency === 0) energy = Math.max(energy, leastSums[k]! / one.byEnergy);
  });
  hullOfLines(weights, leastSums, latency, energy, hull);
  return cornersOf(hull);
}
