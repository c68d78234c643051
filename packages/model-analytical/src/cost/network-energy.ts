import type { LoopNest, Machine, NetworkPrices, Rounding } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { type NetworkTraffic, networkTraffic } from "../traffic/network-traffic.js";

/** Energy in pJ of the wires below one instance of a level. */
export function networkPj(traffic: NetworkTraffic, prices: NetworkPrices): number {
  const { hopEnergyPj = 0, routerEnergyPj = 0, ingressEnergyPj = 0 } = prices;
  return (
    hopEnergyPj * traffic.hops +
    routerEnergyPj * traffic.routers +
    ingressEnergyPj * traffic.words +
    traffic.links * (hopEnergyPj + 2 * routerEnergyPj)
  );
}

/** Fills `networkPj` of a state, its words known: all wires that have prices. */
export function countNetworks(state: NestState, nest: LoopNest, machine: Machine, rounding: Rounding): void {
  let energy = 0;
  for (let l = 0; l < state.levelCount; l++) {
    const prices = machine.parts[l]!.network;
    if (prices === null) continue;
    for (let t = 0; t < state.shape.tensorCount; t++) {
      energy += networkPj(networkTraffic(state, nest, machine, t, l, rounding), prices) * state.usedInstances[l]!;
    }
  }
  state.networkPj = energy;
}
