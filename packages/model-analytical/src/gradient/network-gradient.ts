import { networkPj } from "../cost/network-energy.js";
import { meanRoute, meanRouteSlopes } from "../traffic/mean-route.js";
import { goesUpAndDown, networkTraffic } from "../traffic/network-traffic.js";
import type { BackwardPass } from "./adjoints.js";

/**
 * From the energy of wires, `words entering * energy of a word on its way * instances`, to the words, the ways and the
 * instances; words handed over are held fixed. Which words enter follows from content and partition.
 *
 * @param seed Derivative of the objective with respect to energy.
 */
export function networkGradient(pass: BackwardPass, seed: number): void {
  const { state, nest, machine, adjoint } = pass;
  for (let l = 0; l < state.levelCount; l++) {
    const prices = machine.parts[l]!.network;
    if (prices === null) continue;
    const { hopEnergyPj = 0, routerEnergyPj = 0, ingressEnergyPj = 0 } = prices;
    const weight = seed * state.usedInstances[l]!;
    for (let t = 0; t < state.shape.tensorCount; t++) {
      const traffic = networkTraffic(state, nest, machine, t, l, "smooth");
      if (traffic.words === 0) continue;
      const { hops, routers } = meanRoute(state, nest, machine, t, l);
      const cell = t * state.levelCount + l;
      const back = goesUpAndDown(state, t, l) && state.content[cell]! > state.partition[cell]!;
      const perWord = weight * (hopEnergyPj * hops + routerEnergyPj * routers + ingressEnergyPj);
      adjoint.content[cell]! += (back ? 2 : 1) * perWord;
      if (back) adjoint.partition[cell]! -= perWord;
      adjoint.logUsedInstances[l]! += weight * networkPj(traffic, prices);
      if (hopEnergyPj + routerEnergyPj > 0) {
        const price = (slope: { hops: number; routers: number }) =>
          weight * traffic.words * (hopEnergyPj * slope.hops + routerEnergyPj * slope.routers);
        routeGradient(pass, t, l, price);
      }
    }
  }
}

/** @param price Derivative of the objective, given that of the way of a word. */
function routeGradient(
  { state, nest, machine, toFactors, toMachine }: BackwardPass,
  t: number,
  l: number,
  price: (slope: { hops: number; routers: number }) => number,
): void {
  const { factors, columns, rows } = meanRouteSlopes(state, nest, machine, t, l);
  factors.forEach((slope, k) => {
    toFactors[nest.start[l]! + k]! += nest.factor[nest.start[l]! + k]! * price(slope);
  });
  const { meshX, instances } = machine;
  const ownColumns = meshX[l + 1]! / meshX[l]!;
  const ofColumns = price(columns) * ownColumns;
  const ofRows = (price(rows) * instances[l + 1]!) / instances[l]! / ownColumns;
  toMachine.meshX[l + 1]! += (ofColumns - ofRows) / meshX[l + 1]!;
  toMachine.meshX[l]! -= (ofColumns - ofRows) / meshX[l]!;
  toMachine.instances[l + 1]! += ofRows / instances[l + 1]!;
  toMachine.instances[l]! -= ofRows / instances[l]!;
}
