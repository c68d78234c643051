import { emptyNeeds, type LoopNest } from "@loopnest/mapspace";
import type { NetworkLayer } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import type { ArrayClass } from "./admission.js";
import type { CandidateLayout, CandidateReader } from "./candidate-layout.js";
import type { GatheredMappings } from "./gather-mappings.js";
import { layerLayout } from "./layer-layout.js";
import { accountOf, layerSplits } from "./layer-splits.js";

/** The mappings of a layer that may be of use on some hardware. */
export interface MappingPool {
  readonly count: number;
  readonly layer: NetworkLayer;
  readonly layout: CandidateLayout;
  /** What is kept of them. */
  readonly read: CandidateReader;
  /** The arrays on which a mapping runs. */
  arraysOf(mapping: number): ArrayClass;
  /** The nest of a mapping. */
  nest(mapping: number): LoopNest;
}

/** @param arrays For which the mappings were gathered. */
export function makeMappingPool(
  space: HardwareSpace,
  task: SearchTask,
  layer: NetworkLayer,
  arrays: readonly number[],
  gathered: GatheredMappings,
): MappingPool {
  const { count, names, classOf } = gathered;
  const { model } = layer;
  const account = accountOf(task, layer);
  const all = layerSplits(space, layer, arrays);
  const layout = layerLayout(space, layer);
  const classes = gathered.classes.map((runsOn): ArrayClass => new Set(runsOn));
  return {
    count,
    layer,
    layout,
    read: layout.reader(gathered),
    arraysOf: (mapping) => classes[classOf[mapping]!]!,
    nest(mapping) {
      const nest = model.space.nest();
      all.write(nest, names[2 * mapping]!);
      model.needs(nest, emptyNeeds(nest.levelCount));
      let wanted = nest;
      let order = 0;
      account.forSufficientOrders(nest, () => {
        if (order++ === names[2 * mapping + 1])
          wanted = { ...nest, dim: nest.dim.slice(), factor: nest.factor.slice() };
      });
      return wanted;
    },
  };
}
