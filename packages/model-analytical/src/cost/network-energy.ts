import type { NetworkPrices } from "@loopnest/mapspace";
import type { NetworkTraffic } from "../traffic/network-traffic.js";

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
