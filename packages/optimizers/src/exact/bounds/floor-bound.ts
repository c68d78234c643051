import { macs } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { fixedMovement } from "../costs/fixed-movement.js";
import { compulsoryCost } from "../enumerate/compulsory-cost.js";
import { accountOf } from "../enumerate/layer-splits.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import type { LeastCosts } from "../space/least-costs.js";
import { usableUnits } from "../space/usable-units.js";
import type { Goal } from "./goal.js";
import { type HullMinimum, hullMinimum } from "./hull-minimum.js";
import { type LayerReach, layerReaches } from "./layer-reach.js";
import { type LowerHull, makeLowerHull } from "./lower-hull.js";
import { makeNetworkHull } from "./network-hull.js";

/** Corners of what a layer may cost in all, by rising latency: plain data. */
export interface Corners {
  readonly latency: readonly number[];
  readonly energy: readonly number[];
}

/** A value that no design can beat, known before mappings are gathered. */
export interface FloorBound {
  readonly value: number;
  /** Energy and latency of the whole, at least. */
  readonly energyPj: number;
  readonly latencyCycles: number;
  /** What each layer may cost, as far as it is known. */
  readonly corners: readonly Corners[];
  /** Takes in that all executions of a layer together cost no less than a hull with these corners. */
  refine(layer: number, corners: Corners): void;
  /** What every layer may cost in a design better than a cut; `null` if there is none. */
  within(cut: number): LayerReach[] | null;
}

/**
 * A layer of which nothing else is known costs at least its multiply-accumulates, with as many compute units at work in
 * every cycle as it can use on any array, and what every word of its tensors costs at the outermost level: each is read
 * or written there once at least.
 */
export function makeFloorBound(space: HardwareSpace, network: Network, least: LeastCosts, goal: Goal): FloorBound {
  const { areaUm2, reference, fanOut, price, fastest } = least;
  const hulls = network.task.workload.layers.map(({ problem, count }, i) => {
    const hull = makeLowerHull();
    const { model } = network.layers[i]!;
    const account = accountOf(network.task, network.layers[i]!);
    const outside = compulsoryCost(problem, account, model.space.nest(), fastest, space.varies[0]!.block);
    const cycles = Math.max(macs(problem) / usableUnits(model.space, fanOut), outside.cycles);
    const energyPj = macs(problem) * reference.macEnergyPj[0]! + outside.accesses * price(0, 0);
    hull.push(count * cycles, count * energyPj, 0);
    return hull;
  });
  const total = makeNetworkHull(hulls, fixedMovement(space, network));
  const lowest: HullMinimum = { value: 0, vertex: 0, edge: -1 };
  const minimum = () => {
    total.sweep();
    hullMinimum(total, goal, goal.limits, lowest);
    return lowest.value;
  };

  return {
    get value() {
      return goal.value(1, 1, areaUm2) * minimum();
    },
    get energyPj() {
      total.sweep();
      return total.energy[total.count - 1]!;
    },
    get latencyCycles() {
      total.sweep();
      return total.latency[0]!;
    },
    get corners() {
      return hulls.map(cornersOf);
    },
    refine(layer, { latency, energy }) {
      hulls[layer]!.clear();
      latency.forEach((cycles, k) => {
        hulls[layer]!.push(cycles, energy[k]!, k);
      });
    },
    within(cut) {
      if (areaUm2 > goal.maxAreaUm2 * (1 + 1e-12)) return null;
      const value = goal.value(1, 1, areaUm2) * minimum();
      if (value === Number.POSITIVE_INFINITY || value >= cut) return null;
      return layerReaches(hulls, total, goal.within(cut, areaUm2));
    },
  };
}

/** The corners of a hull. */
export function cornersOf({ count, latency, energy }: LowerHull): Corners {
  return { latency: [...latency.subarray(0, count)], energy: [...energy.subarray(0, count)] };
}
