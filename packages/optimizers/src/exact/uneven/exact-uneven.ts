import { hardwareOf, type Machine, paddedDims, totalAreaUm2 } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { makePace } from "../../run/pace.js";
import { makeRecorder } from "../../run/recorder.js";
import type { SearchMethod, SearchOptions } from "../../search/method.js";
import { keepsLimits, objectiveExponents, objectiveValue } from "../../search/objective.js";
import type { Design } from "../../search/task.js";
import { makeLowerHull } from "../bounds/lower-hull.js";
import { makeNetworkHull } from "../bounds/network-hull.js";
import { fixedNetwork, optimumOf } from "./fixed-network.js";
import { layerHull } from "./layer-hull.js";
import type { PlacedLayer } from "./weighted-optimum.js";

/** What the part of a layer hands over. */
interface Vertices {
  readonly layer: number;
  readonly vertices: readonly Omit<PlacedLayer, "nest" | "outermostWords">[];
  readonly padded: readonly ReturnType<typeof paddedDims>[];
}

/**
 * The certified optimum over uneven mappings on hardware whose sizes are all given: every tensor of a level that says
 * so is kept at a place of its own between the loops. A part finds the hull of one layer; the network's optimum is a
 * vertex of the sum of all hulls (docs/trees.md).
 *
 * Layers of which the model cannot say what store nodes cost one by one, those with sliding windows, stay even: the
 * best even mappings, and the bound is for them.
 */
export const exactUneven: SearchMethod<SearchOptions> = {
  name: "exact",
  parts: (task) => fixedNetwork(task).network.layers.length,
  async run(task, { seed }, part, hooks) {
    const { network, machine } = fixedNetwork(task);
    const record = makeRecorder(null, hooks);
    const pace = makePace();
    const goOn = () => {
      record.spend(1 / network.layers.length);
      return pace.breathe()?.then(() => !record.done) ?? !record.done;
    };
    const { energy, latency } = objectiveExponents(task.objective.name);
    const ends = energy === 0 ? "latency" : latency === 0 ? "energy" : "both";
    const hull = await layerHull(optimumOf(network, part, machine).find, ends, goOn);
    const result = record.result(exactUneven.name, seed);
    if (hull === null) return result;
    const { space } = network.layers[part]!.model;
    const handedOver: Vertices = {
      layer: part,
      vertices: hull.map(({ mapping, energyPj, latencyCycles }) => ({ mapping, energyPj, latencyCycles })),
      padded: hull.map(({ nest }) => paddedDims(space, nest)),
    };
    return { ...result, handedOver };
  },
  async finish(task, { seed }, parts, hooks) {
    const { network, machine } = fixedNetwork(task);
    const record = makeRecorder(null, hooks);
    const found = parts.flatMap(({ handedOver }) => (handedOver === undefined ? [] : [handedOver as Vertices]));
    const mapped = found.filter(({ vertices }) => vertices.length > 0);
    const best = mapped.length < network.layers.length ? null : bestOf(network, machine, mapped);
    if (best !== null && keepsLimits(task.objective, best)) {
      record.offer(best);
      record.prove(best.value);
    }
    return record.result(exactUneven.name, seed);
  },
};

/** The best vertex of the sum of all hulls. */
function bestOf({ task, layers, movement, fixed }: Network, machine: Machine, found: readonly Vertices[]): Design {
  const { target } = task.model;
  const areaMm2 = totalAreaUm2(machine) / 1e6;
  const base = task.model.movementCost(movement, machine, "exact");
  const hulls = found.map(({ vertices }, i) => {
    const hull = makeLowerHull();
    const { count } = layers[i]!;
    vertices.forEach((vertex, v) => {
      hull.push(count * vertex.latencyCycles, count * vertex.energyPj, v);
    });
    return hull;
  });
  const network = makeNetworkHull(hulls, base);
  network.sweep();
  let best = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let k = 0; k < network.count; k++) {
    const totals = { energyUj: network.energy[k]! / 1e6, latencyCycles: network.latency[k]!, areaMm2 };
    const value = objectiveValue(task.objective.name, totals);
    if (value >= best) continue;
    best = value;
    at = k;
  }
  const choice = new Int32Array(hulls.length);
  network.choice(at, choice);
  let { energyPj, latencyCycles } = base;
  const results = layers.map(({ name, count }, i) => {
    const v = hulls[i]!.point[choice[i]!]!;
    const vertex = found[i]!.vertices[v]!;
    const padded = found[i]!.padded[v]!;
    energyPj += count * vertex.energyPj;
    latencyCycles += count * vertex.latencyCycles;
    return { name, count, ...(Object.keys(padded).length > 0 && { padded }), ...vertex };
  });
  const totals = { energyUj: energyPj / 1e6, latencyCycles, areaMm2 };
  const value = objectiveValue(task.objective.name, totals);
  return { hardware: hardwareOf(target, fixed), layers: results, ...totals, value };
}
