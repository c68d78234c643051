import { type CostAccount, LoopnestError } from "@loopnest/mapspace";
import type { NetworkLayer } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type Splits, splits } from "./splits.js";

/** The splits of a layer that one of the given arrays, at least, can unroll. */
export function layerSplits(space: HardwareSpace, layer: NetworkLayer, arrays: readonly number[]): Splits {
  const { slots } = layer.model.space;
  return splits(layer.model.space, (slot) => {
    const { level, kind } = slots[slot]!;
    if (kind === "temporal") return Number.POSITIVE_INFINITY;
    return arrays.reduce((most, a) => Math.max(most, space.fanOut(a, level)[kind === "X" ? "x" : "y"]), 1);
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
