import { emptyMachine, LoopnestError, type Machine } from "@loopnest/mapspace";
import { makeNetwork, type Network } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import { makeEvenOptimum } from "./even-optimum.js";
import { makeWeightedOptimum, type WeightedOptimum } from "./weighted-optimum.js";

/**
 * A network on hardware whose sizes are all given.
 *
 * @throws LoopnestError `unsupported` if a size is free, or latency, energy or EDP are limited.
 */
export function fixedNetwork(task: SearchTask): { network: Network; machine: Machine } {
  const network = makeNetwork(task);
  const { sizes } = task.model.target;
  const free = sizes.filter((_, i) => Number.isNaN(network.fixed[i]!)).map(({ name }) => name);
  if (free.length > 0) {
    throw new LoopnestError({
      code: "unsupported",
      path: "fixed",
      problem:
        `uneven mappings are proved on given hardware only, and ${free.join(", ")} ` +
        `${free.length > 1 ? "are" : "is"} free`,
      fix: "give every size, or map on the target's own sizes",
    });
  }
  for (const limit of ["maxLatencyCycles", "maxEnergyUj", "maxEdp"] as const) {
    if (task.objective[limit] === undefined) continue;
    throw new LoopnestError({
      code: "unsupported",
      path: `objective.${limit}`,
      problem: "uneven mappings are not proved within a limit on latency, energy or EDP",
      fix: "leave the limit out, or minimise what it limits",
    });
  }
  const machine = emptyMachine(network.levelCount);
  network.task.model.machine(network.fixed, "exact", machine);
  return { network, machine };
}

/** The best mappings of a layer: even ones where the model cannot say what its store nodes cost. */
export function optimumOf(network: Network, layer: number, machine: Machine): WeightedOptimum {
  const { name, model } = network.layers[layer]!;
  if (model.placement?.refusal && model.account) return makeEvenOptimum(model, model.account, machine);
  return makeWeightedOptimum(name, model, machine);
}
