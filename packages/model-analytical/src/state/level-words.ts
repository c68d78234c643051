import { finishedLevelWords, levelWords, type Traffic } from "@loopnest/mapspace";
import type { NestState } from "./nest-state.js";

/** A nest's counts as the levels see them, in words of their own: what rows, ports and prices go by. */
export interface LevelTraffic {
  readonly traffic: Traffic;
  /** Takes in the counts of the state, once `countTransfers` has them. */
  refresh(): void;
}

/**
 * The traffic of a state in words of the levels: the state itself where every element takes one.
 *
 * An output's elements move as partial sums everywhere but at the outermost level that keeps it: of the updates there,
 * the last of every word that it owns (R8) is finished.
 */
export function levelTraffic(state: NestState): LevelTraffic {
  const { shape, levelCount, widths, usedInstances } = state;
  if (widths === null) return { traffic: state, refresh() {} };
  const perCell = () => new Float64Array(state.reads.length);
  const traffic: Traffic = {
    ...{ levelCount, usedInstances, reads: perCell(), updates: perCell(), fills: perCell() },
    computeCycles: state.computeCycles,
    networkPj: 0,
  };
  return {
    traffic,
    refresh() {
      traffic.computeCycles = state.computeCycles;
      traffic.networkPj = state.networkPj;
      for (let t = 0; t < shape.tensorCount; t++) {
        for (let l = 0; l < levelCount; l++) {
          const cell = t * levelCount + l;
          traffic.reads[cell] = levelWords(widths, t, l, state.reads[cell]!);
          traffic.fills[cell] = levelWords(widths, t, l, state.fills[cell]!);
          const finished = finishesAt(state, t, l) ? Math.min(state.updates[cell]!, state.partition[cell]!) : 0;
          traffic.updates[cell] =
            levelWords(widths, t, l, state.updates[cell]! - finished) + finishedLevelWords(widths, t, l, finished);
        }
      }
    },
  };
}

/** Whether level l takes finished elements of tensor t: it is an output, and no level outside keeps it. */
export function finishesAt({ shape, outermost }: NestState, t: number, l: number): boolean {
  return shape.isOutput[t] === 1 && l === outermost[t];
}
