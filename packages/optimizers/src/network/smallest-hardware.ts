import { emptyMachine, emptyNeeds, type Hardware, hardwareOf, totalAreaUm2 } from "@loopnest/mapspace";
import type { SearchTask } from "../search/task.js";
import { makeNetwork, type Network } from "./network.js";
import { smallestSizes } from "./smallest-sizes.js";

/** The smallest hardware that runs a network at all. */
export interface SmallestHardware {
  /** Sizes by name. */
  readonly hardware: Hardware;
  readonly areaMm2: number;
}

/**
 * The least area on which all layers of a task can be mapped, limits aside: that of the hardware for mappings which
 * keep nothing on chip. No mapping needs less of any size, and no area falls as a size grows, so nothing smaller fits.
 *
 * @returns `null` if a size that is given is too small for them.
 * @throws LoopnestError as a search of the task does.
 */
export function smallestHardware(task: Omit<SearchTask, "objective">): SmallestHardware | null {
  const network = makeNetwork({ ...task, objective: { name: "area" } });
  const { model } = network.task;
  const sizes = sizesThatRun(network);
  if (sizes === null) return null;
  const machine = emptyMachine(network.levelCount);
  model.machine(sizes, "exact", machine);
  return { hardware: hardwareOf(model.target, sizes), areaMm2: totalAreaUm2(machine) / 1e6 };
}

/** The smallest sizes on which all layers run, with nothing kept on chip; `null` if there are none: no mapping fits. */
export function sizesThatRun(network: Network): Float64Array | null {
  const { layers, levelCount, fixed } = network;
  const needs = emptyNeeds(levelCount);
  const sizes = new Float64Array(fixed.length);
  const nothingKept = (i: number) => {
    const layer = layers[i]!.model;
    layer.needs(layer.space.nest(), needs);
    return needs;
  };
  return smallestSizes(network, nothingKept, emptyNeeds(levelCount), sizes) ? sizes : null;
}
