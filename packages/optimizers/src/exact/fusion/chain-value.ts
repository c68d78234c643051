import type { Weights } from "../uneven/placement.js";
import type { PlacedLayer } from "../uneven/weighted-optimum.js";
import { by, makeKnownOptima } from "./known-optima.js";
import type { Chain } from "./segment-chains.js";
import { type Segment, segmentOptimum } from "./segment-optimum.js";
import type { SegmentPoint } from "./segment-point.js";

/** What a chain of layers comes to, as far as it has been worked out: as one segment, if it has several layers. */
export interface ChainValue {
  /** The best found so far. */
  best(weights: Weights): SegmentPoint | null;
  /** No less is possible; infinite where it is known to be worth nothing. */
  least(weights: Weights): number;
  /** Whether the best is the least. */
  isSettled(weights: Weights): boolean;
  /**
   * Looks a little further.
   *
   * @param below What the same layers can be had for otherwise.
   * @returns Whether it went on; false if it was stopped.
   */
  advance(weights: Weights, below: number, goOn: () => boolean | Promise<boolean>): Promise<boolean>;
}

/** Sums come about in different orders. */
const ROUNDING = 1e-12;
/** First part of a bound that a segment is looked for above it; it grows from step to step. */
const FIRST_STEP = 1.02;

/** The mappings of a layer by weighted sums of energy and latency. */
export interface LayerOptimum {
  /** The one with the least sum; `null` if none fits. */
  find(weights: Weights): Omit<PlacedLayer, "nest"> | null;
  /** A value that none has less of; cheap. */
  least(weights: Weights): number;
}

/** A layer by itself. */
export function layerValue(chain: Chain, optimum: LayerOptimum): ChainValue {
  const known = makeKnownOptima<SegmentPoint>(optimum.least);
  const fitsNowhere = new WeakSet<Weights>();
  return {
    best: known.best,
    least: (weights) => (fitsNowhere.has(weights) ? Number.POSITIVE_INFINITY : known.least(weights)),
    isSettled: (weights) => isLeast(known.best(weights), weights, known.least(weights)),
    async advance(weights, _, goOn) {
      if (!(await goOn())) return false;
      const found = optimum.find(weights);
      if (found === null) {
        fitsNowhere.add(weights);
        return true;
      }
      const { energyPj, latencyCycles, outermostWords, mapping } = found;
      const own = { energyPj, latencyCycles, outermostWords };
      known.settle(weights, { ...own, parts: [{ chain, own, fused: null, mapping, count: 1 }] });
      return true;
    },
  };
}

/** Layers that run together. */
export function segmentValue(chain: Chain, segment: Segment): ChainValue {
  const known = makeKnownOptima<SegmentPoint>(segment.least);
  const useless = new WeakSet<Weights>();
  const steps = new WeakMap<Weights, number>();
  return {
    best: known.best,
    least: (weights) => (useless.has(weights) ? Number.POSITIVE_INFINITY : known.least(weights)),
    isSettled: (weights) => isLeast(known.best(weights), weights, known.least(weights)),
    async advance(weights, below, goOn) {
      const best = known.best(weights);
      const most = Math.min(below, best === null ? below : by(weights, best) * (1 + ROUNDING));
      const step = steps.get(weights) ?? FIRST_STEP;
      steps.set(weights, step * step);
      const least = known.least(weights);
      const limit = least > 0 ? Math.min(most, least * step) : most;
      const found = limit > least ? await segmentOptimum(segment, weights, limit, goOn) : null;
      if (found === "stopped") return false;
      if (found !== null) {
        const { energyPj, latencyCycles, outermostWords } = found;
        const own = { energyPj, latencyCycles, outermostWords };
        known.settle(weights, { ...own, parts: [{ chain, own, fused: found, mapping: null, count: 1 }] });
      } else {
        known.prove(weights, limit);
        if (limit >= below) useless.add(weights);
      }
      return true;
    },
  };
}

function isLeast(best: SegmentPoint | null, weights: Weights, least: number): boolean {
  return best !== null && by(weights, best) <= least * (1 + ROUNDING);
}
