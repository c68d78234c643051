import { unflatten } from "@loopnest/mapspace";
import { descent } from "../../descent/descent.js";
import { adaptMappings } from "../../mapper/adapt-mappings.js";
import { evaluateDesign, type Network } from "../../network/network.js";
import { runSearch } from "../../search/run-search.js";
import type { Design, SearchHooks } from "../../search/task.js";

const SEED = 1;
const STARTS = 2;

/**
 * A good design to begin with: a search stopped early has one then, and what cannot beat it is left out early. It comes
 * from a short descent; without one, or if it finds nothing, from mappings that keep nothing on chip, improved on the
 * hardware that the target has by default, or as they are on the smallest hardware.
 *
 * @param samples Of the descent; 0 for none.
 */
export async function firstDesign(network: Network, samples: number, hooks: SearchHooks): Promise<Design | null> {
  const { task, layers } = network;
  if (samples > 0) {
    const { best } = await runSearch(descent, task, { seed: SEED, samples, starts: STARTS }, hooks);
    if (best !== null) return best;
  }
  const levelNames = task.model.target.levels.map((level) => level.name);
  const nests = layers.map(({ model }) => model.space.nest());
  const mappings = layers.map(({ model }, i) => unflatten(model.space.shape, levelNames, nests[i]!));
  return adaptMappings(task, mappings, task.fixed) ?? evaluateDesign(network, nests);
}
