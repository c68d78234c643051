import {
  type Architecture,
  type Cost,
  type Counts,
  emptyMachine,
  flatten,
  type Machine,
  type Mapping,
  type Mapspace,
  tensorWidths,
} from "@loopnest/mapspace";
import { energyPj, totalLeakPj } from "../cost/energy.js";
import { latencyCycles } from "../cost/latency.js";
import { countNetworks } from "../cost/network-energy.js";
import { gatherTraffic, storeNodes } from "../evaluate/store-nodes.js";
import { walkExtents } from "../state/extents.js";
import { levelTraffic } from "../state/level-words.js";
import { nestState } from "../state/nest-state.js";
import { countTransfers } from "../traffic/transfers.js";

/** Exact cost of an uneven (or even) mapping of a mapspace on a machine. Does not check that it fits. */
export function mappingCost(space: Mapspace, counts: Counts, mapping: Mapping, machine: Machine): Cost {
  const { shape } = space;
  const levels = namedLevels(space);
  const nodes = storeNodes(levels, mapping);
  const counted = nodes?.architecture ?? levels;
  const nest = flatten(shape, counted, nodes?.mapping ?? mapping);
  const state = nestState(shape, nest, counts, tensorWidths(shape.problem, counted.levels));
  const { traffic, refresh } = levelTraffic(state);
  const own = nodes === null ? machine : byNode(machine, nodes.levelOf);
  walkExtents(state, nest);
  countTransfers(state, nest, own, "exact");
  countNetworks(state, nest, own, "exact");
  refresh();
  const physical = nodes === null ? { traffic, nest } : gatherTraffic(nodes, levels.levels.length, traffic, nest);
  const cycles = latencyCycles(physical.traffic, physical.nest, machine, "exact");
  const energy = energyPj(physical.traffic, physical.nest, machine, "exact");
  return {
    energyPj: energy + traffic.networkPj + totalLeakPj(physical.traffic, machine, cycles),
    latencyCycles: cycles,
  };
}

/** The levels by name, what they keep and how wide: all that flattening a mapping and widths look at. */
function namedLevels({ target, shape }: Mapspace): Architecture {
  const names = shape.problem.tensors.map(({ name }) => name);
  const compute = { instances: 1, meshX: 1, energyPj: 0, areaPerInstanceUm2: 0 };
  const levels = target.levels.map(({ name, keeps, wordBits, bits }) => ({
    ...{ name, keeps: names.filter((tensor) => keeps.includes(tensor)), wordBits, blockSize: 1, capacityWords: null },
    ...{ bandwidthWordsPerCycle: null, instances: 1, meshX: 1, energyPerVectorAccessPj: 0, areaPerInstanceUm2: 0 },
    ...(bits !== undefined && { bits }),
  }));
  return { name: target.name, levels, compute };
}

/** The machine with every node as a level. */
function byNode(machine: Machine, levelOf: readonly number[]): Machine {
  const out = emptyMachine(levelOf.length);
  for (const field of Object.keys(out) as (keyof Machine)[]) {
    const [from, to] = [machine[field], out[field]];
    if (!(from instanceof Float64Array && to instanceof Float64Array) || field === "macEnergyPj") continue;
    levelOf.forEach((l, i) => {
      to[i] = from[l]!;
    });
    if (to.length > levelOf.length) to[levelOf.length] = from[machine.levelCount]!;
  }
  out.macEnergyPj.set(machine.macEnergyPj);
  // The wires of a level are below its last node.
  out.parts = levelOf.map((l, i) => {
    const parts = machine.parts[l]!;
    return parts.network !== null && levelOf[i + 1] === l ? { ...parts, network: null } : parts;
  });
  return out;
}
