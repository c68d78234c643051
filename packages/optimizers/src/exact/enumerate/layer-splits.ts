import { type CostAccount, LoopnestError } from "@loopnest/mapspace";
import type { NetworkLayer } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type Splits, splits } from "./splits.js";

/** The splits of a layer that one of the given arrays, at least, can unroll. */
export function layerSplits(space: HardwareSpace, layer: NetworkLayer, arrays: readonly number[]): Splits {
  const most = (level: number, axis: "x" | "y") =>
    arrays.reduce((so, a) => Math.max(so, space.fanOut(a, level)[axis]), 1);
  const levels = space.compiled.levels.map((_, l) => ({ x: most(l, "x"), y: most(l, "y") }));
  return splitsWithin(layer, (level, axis) => levels[level]![axis]);
}

/** The splits of a layer that unroll no more than so much at a level. */
export function splitsWithin({ model }: NetworkLayer, most: (level: number, axis: "x" | "y") => number): Splits {
  return splits(model.space, (slot) => {
    const { level, kind } = model.space.slots[slot]!;
    return kind === "temporal" ? Number.POSITIVE_INFINITY : most(level, kind === "X" ? "x" : "y") * (1 + 1e-12);
  });
}

/** @throws LoopnestError `unsupported` if the layer's model has no account of its costs. */
export function accountOf(task: SearchTask, { name, model }: NetworkLayer): CostAccount {
  if (model.account !== undefined) return model.account;
  throw new LoopnestError({
    code: "unsupported",
    path: "model",
    problem: `the model ${task.model.name} does not say what the cost of ${name} is made of`,
    fix: "use the analytical model for exact search",
  });
}
