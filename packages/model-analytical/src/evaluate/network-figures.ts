import type { Architecture, LoopNest, Machine } from "@loopnest/mapspace";
import { networkPj } from "../cost/network-energy.js";
import type { NestState } from "../state/nest-state.js";
import { networkTraffic } from "../traffic/network-traffic.js";

/** What the wires below a level cost for one tensor, over all instances of the level in use. */
export interface NetworkFigures {
  /** Of a word, on average. */
  readonly hops: number;
  readonly energyPj: number;
}

/**
 * Figures of all networks that have prices, by `outer->inner` and tensor; the units inside the innermost level are
 * `MAC`.
 */
export function networkFigures(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  architecture: Architecture,
): Readonly<Record<string, Readonly<Record<string, NetworkFigures>>>> {
  const { levels } = architecture;
  return Object.fromEntries(
    levels.flatMap(({ name }, l) => {
      const prices = machine.parts[l]!.network;
      if (prices === null) return [];
      const tensors = state.shape.problem.tensors.map((tensor, t): [string, NetworkFigures] => {
        const traffic = networkTraffic(state, nest, machine, t, l, "exact");
        const hops = traffic.words > 0 ? traffic.hops / traffic.words : 0;
        return [tensor.name, { hops, energyPj: networkPj(traffic, prices) * state.usedInstances[l]! }];
      });
      return [[`${name}->${levels[l + 1]?.name ?? "MAC"}`, Object.fromEntries(tensors)]];
    }),
  );
}
