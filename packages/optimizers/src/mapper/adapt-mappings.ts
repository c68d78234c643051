import { type Hardware, hardwareSizes, type Mapping, pointFromMapping } from "@loopnest/mapspace";
import { evaluateDesignOn, makeNetwork } from "../network/network.js";
import { makePlacedNetwork } from "../run/placed-network.js";
import type { Design, SearchTask } from "../search/task.js";
import { makeMapper } from "./mapper.js";

/**
 * Moves the mappings of a design to another hardware and improves them there, layer by layer: what the hardware would
 * be worth if mappings make use of it. What does not fit is made to fit first.
 *
 * It is a local search, from these mappings alone: the hardware may be worth more, never less.
 *
 * @param mappings One per layer of the task's workload.
 * @param hardware All sizes by name; defaults for those left out. The task's own fixed sizes do not matter.
 * @returns The design on exactly this hardware, or `null` if the search finds nothing that fits it and keeps the
 * objective's limits.
 * @throws LoopnestError `input` for a size that the target does not have or that is out of range; `infeasible` or
 * `factors` if a mapping is not one of the target's.
 */
export function adaptMappings(task: SearchTask, mappings: readonly Mapping[], hardware: Hardware): Design | null {
  const { target } = task.model;
  const sizes = hardwareSizes(target, hardware);
  const fixed = Object.fromEntries(target.sizes.map(({ name }, i) => [name, sizes[i]!]));
  const prepared = makeNetwork({ ...task, fixed });
  const points = prepared.layers.map(({ model }, i) => pointFromMapping(model.space, mappings[i]!));
  const placed = makePlacedNetwork(prepared, { spend: () => {} });
  const search = makeMapper(placed, points, () => false);
  search.place(sizes);
  search.refit();
  search.improve("swap");
  if (!Number.isFinite(search.value())) return null;
  return evaluateDesignOn(
    prepared,
    points.map((point) => point.nest),
    sizes,
  );
}
