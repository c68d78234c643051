import { finishedLevelWords, levelWords } from "@loopnest/mapspace";
import { finishesAt } from "../state/level-words.js";
import type { BackwardPass } from "./adjoints.js";

/** From counts in words of the levels to counts in elements, and to what outputs own: `levelTraffic` in reverse. */
export function widthGradient({ state, adjoint }: BackwardPass): void {
  const { shape, levelCount, widths, updates, partition } = state;
  if (widths === null) return;
  for (let t = 0; t < shape.tensorCount; t++) {
    for (let l = 0; l < levelCount; l++) {
      const cell = t * levelCount + l;
      const own = levelWords(widths, t, l, 1);
      adjoint.reads[cell]! *= own;
      adjoint.fills[cell]! *= own;
      const toUpdates = adjoint.updates[cell]!;
      adjoint.updates[cell] = toUpdates * own;
      if (!finishesAt(state, t, l)) continue;
      const finished = finishedLevelWords(widths, t, l, 1);
      if (updates[cell]! < partition[cell]!) adjoint.updates[cell] = toUpdates * finished;
      else adjoint.partition[cell]! += toUpdates * (finished - own);
    }
  }
}
