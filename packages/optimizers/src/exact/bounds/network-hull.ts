import type { Cost } from "@loopnest/mapspace";
import type { LowerHull } from "./lower-hull.js";

/**
 * The lower hull of the sum of several hulls: all totals (latency, energy) that choosing a point per layer can reach
 * lie above it.
 *
 * Its edges are the edges of the layers' hulls, steepest first, so walking it is the sweep of a multiplier lambda from
 * infinity to 0 with every layer minimising energy + lambda * latency.
 */
export interface NetworkHull {
  /** Vertices, from least latency to least energy. */
  readonly count: number;
  readonly latency: Float64Array;
  readonly energy: Float64Array;
  /** The layer that moves on to its next vertex between vertex k and vertex k + 1. */
  readonly mover: Int32Array;
  /** Writes which vertex of its own hull every layer has at vertex k. */
  choice(k: number, out: Int32Array): void;
}

/**
 * A place for hulls of that many layers, filled by `sweep`.
 *
 * @param base What every total has on top of the layers' costs.
 */
export function makeNetworkHull(hulls: readonly LowerHull[], base: Cost): NetworkHull & { sweep(): void } {
  let latency = new Float64Array(64);
  let energy = new Float64Array(64);
  let mover = new Int32Array(64);
  let count = 0;
  return {
    get count() {
      return count;
    },
    get latency() {
      return latency;
    },
    get energy() {
      return energy;
    },
    get mover() {
      return mover;
    },
    sweep() {
      let edges = 0;
      for (const hull of hulls) edges += hull.count - 1;
      if (edges + 1 > latency.length) {
        latency = new Float64Array(2 * edges + 2);
        energy = new Float64Array(2 * edges + 2);
        mover = new Int32Array(2 * edges + 2);
      }
      const slopes = new Float64Array(edges);
      const layers = new Int32Array(edges);
      const order = new Int32Array(edges);
      let e = 0;
      latency[0] = base.latencyCycles;
      energy[0] = base.energyPj;
      hulls.forEach((hull, layer) => {
        latency[0]! += hull.latency[0]!;
        energy[0]! += hull.energy[0]!;
        for (let v = 1; v < hull.count; v++) {
          slopes[e] = (hull.energy[v]! - hull.energy[v - 1]!) / (hull.latency[v]! - hull.latency[v - 1]!);
          layers[e] = layer;
          order[e] = e;
          e++;
        }
      });
      order.sort((a, b) => slopes[a]! - slopes[b]! || a - b);
      const at = new Int32Array(hulls.length);
      for (let k = 0; k < edges; k++) {
        const layer = layers[order[k]!]!;
        const hull = hulls[layer]!;
        const v = ++at[layer]!;
        mover[k] = layer;
        latency[k + 1] = latency[k]! + hull.latency[v]! - hull.latency[v - 1]!;
        energy[k + 1] = energy[k]! + hull.energy[v]! - hull.energy[v - 1]!;
      }
      count = edges + 1;
    },
    choice(k, out) {
      out.fill(0);
      for (let i = 0; i < k; i++) out[mover[i]!]!++;
    },
  };
}
