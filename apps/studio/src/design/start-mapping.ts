import {
  type Hardware,
  type Layer,
  type Mapping,
  type Mapspace,
  makeNestPoint,
  tilings,
  unflatten,
} from "@loopnest/mapspace";
import { adaptMappings } from "@loopnest/optimizers";
import type { ChosenTarget } from "../state/studio.js";
import { modelOf } from "./machine.js";

const known = new WeakMap<Hardware, WeakMap<Layer, Mapping>>();

/**
 * Where in the list of all ways to split a bound the local search starts: between everything inside and everything
 * outside, since a single move away from either rarely helps.
 */
const STARTS = [0.3, 0.8];

/**
 * A good mapping of a layer to begin with: the better of two local searches, of some milliseconds each. The same
 * hardware (the object) and layer get the same one again.
 *
 * @throws LoopnestError `infeasible` or `unsupported` if the target cannot run the layer.
 */
export function startMapping(target: ChosenTarget, hardware: Hardware, layer: Layer): Mapping {
  let ofHardware = known.get(hardware);
  if (ofHardware === undefined) known.set(hardware, (ofHardware = new WeakMap()));
  const found = ofHardware.get(layer) ?? search(target, hardware, layer);
  ofHardware.set(layer, found);
  return found;
}

function search(target: ChosenTarget, hardware: Hardware, layer: Layer): Mapping {
  const model = modelOf(target);
  const { space } = model.layer(layer.problem);
  const workload = { name: layer.problem.name, layers: [layer] };
  const task = { model, workload, objective: { name: "edp" }, fixed: {} } as const;
  const designs = STARTS.map((share) => adaptMappings(task, [spread(space, share)], hardware));
  const [best] = designs.flatMap((design) => design ?? []).sort((a, b) => a.value - b.value);
  return best?.layers[0]?.mapping ?? spread(space, 1);
}

/**
 * Every bound split over its slots in the way that stands at a share of the list of all ways: with 1, all of it
 * outermost.
 */
function spread(space: Mapspace, share: number): Mapping {
  const { nest, loopOf } = makeNestPoint(space);
  space.slotsOf.forEach((slots, d) => {
    const ways = tilings(space, d).flat();
    const factors = ways[Math.min(ways.length - 1, Math.floor(ways.length * share))]!;
    slots.forEach((slot, k) => {
      if (share < 1) nest.factor[loopOf[slot]!] = factors[k]!;
    });
  });
  const names = space.target.levels.map(({ name }) => name);
  return unflatten(space.shape, names, nest);
}
