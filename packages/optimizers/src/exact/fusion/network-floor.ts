import { type Cost, LoopnestError, type Machine } from "@loopnest/mapspace";
import type { Network } from "../../network/network.js";
import { objectiveExponents, objectiveValue } from "../../search/objective.js";
import type { Weights } from "../uneven/placement.js";
import { heldModel } from "./held-layer.js";
import { by } from "./known-optima.js";
import { type LayerFloor, makeLayerFloor } from "./layer-floor.js";
import { leastTotal } from "./least-total.js";
import type { FusionCuts } from "./network-values.js";
import type { Chain } from "./segment-chains.js";
import { cutsInWords, heldTensors, heldWhile } from "./segment-optimum.js";

/** Bounds of a bound: how exactly the lowest total of floors is found. */
const GAP = 1e-4;

/** What a network costs at least on machines, cheaply, on one after the other. */
export interface NetworkFloor {
  /**
   * A value that no cut has less of on any machine that is nowhere cheaper, and holds no more.
   *
   * @param areaMm2 Least area of these.
   */
  value(machine: Machine, areaMm2: number): Promise<number>;
}

/** What a chain costs at least: its layers, and what every cut of it holds while each of them runs. */
interface ChainFloor {
  readonly layers: readonly { readonly key: string; readonly floor: LayerFloor }[];
  readonly held: readonly (readonly number[])[];
}

/**
 * @param base What every total has on top of the layers' costs, at least.
 * @param alone Costs of one execution of a layer that is mapped evenly, of which every mapping has one that is more in
 * nothing, on whatever hardware.
 * @param largest A machine on which everything fits that fits on any.
 */
export function makeNetworkFloor(
  network: Network,
  cuts: FusionCuts,
  base: Cost,
  alone: readonly (readonly Cost[] | null)[],
  largest: Machine,
): NetworkFloor {
  const { workload, model, objective } = network.task;
  const { energy, latency } = objectiveExponents(objective.name);
  const floors = new Map<string, LayerFloor>();
  const chains = new Map(cuts.fused.chains.map((chain) => [chain, floorOf(chain)]));
  return {
    async value(machine, areaMm2) {
      const known = new Map<string, Cost[]>();
      const costsOf = (key: string, floor: LayerFloor, homeWords: number): Cost[] => {
        const own = `${key} ${homeWords}`;
        let found = known.get(own);
        if (found === undefined) {
          const words = machine.capacityWords.slice();
          words[cuts.home] = homeWords;
          known.set(own, (found = floor.costs(machine, words)));
        }
        return found;
      };
      const costs = new Map(cuts.fused.chains.map((chain) => [chain, chainCosts(chain)]));
      const optimum = (weights: Weights) => {
        const least = (list: readonly Cost[]) =>
          list.reduce<Cost | null>((a, b) => (a === null || by(weights, b) < by(weights, a) ? b : a), null);
        const chosen = new Map<Chain, Cost | null>();
        for (const [chain, parts] of costs) {
          const found = parts?.map(least) ?? [null];
          chosen.set(chain, found.includes(null) ? null : total(found as Cost[]));
        }
        const cut = cuts.fused.cheapest((chain) => {
          const own = chosen.get(chain)!;
          return own === null ? Number.POSITIVE_INFINITY : by(weights, own);
        });
        if (cut.cost === Number.POSITIVE_INFINITY) return null;
        const sum = { ...base };
        for (const [chain, count] of cut.chains) {
          sum.energyPj += count * chosen.get(chain)!.energyPj;
          sum.latencyCycles += count * chosen.get(chain)!.latencyCycles;
        }
        return sum;
      };
      if (optimum({ energy: 1, latency: 1 }) === null) return Number.POSITIVE_INFINITY;
      const { lowerBound } = await leastTotal<Cost>({
        gap: GAP,
        value: ({ energyPj, latencyCycles }) =>
          objectiveValue(objective.name, { energyUj: energyPj / 1e6, latencyCycles, areaMm2 }),
        weightsAt: (at) => ({
          energy: energy / Math.max(at.energyPj, 1),
          latency: latency / Math.max(at.latencyCycles, 1),
        }),
        floor: (weights) => by(weights, optimum(weights)!),
        optimum: async (weights) => optimum(weights),
      });
      return lowerBound;

      /** Costs of each layer of a chain; `null` if it cannot be one. */
      function chainCosts(chain: Chain): (readonly Cost[])[] | null {
        const own = chains.get(chain)!;
        if (own === null) return chain.layers.length === 1 ? [alone[chain.layers[0]!]!] : null;
        const capacity = machine.capacityWords[cuts.home]!;
        const fitting = own.held.filter((held) => Math.max(...held) <= capacity);
        if (fitting.length === 0) return null;
        return own.layers.map(({ key, floor }, k) =>
          costsOf(key, floor, capacity - Math.min(...fitting.map((held) => held[k]!))),
        );
      }
    },
  };

  function floorOf({ layers, edges: between }: Chain): ChainFloor | null {
    if (layers.length === 1 && alone[layers[0]!] !== null) return null;
    const edges = between.map((e) => workload.edges![e]!);
    const problems = layers.map((i) => workload.layers[i]!.problem);
    try {
      const models = problems.map((problem, k) => {
        const tensors = heldTensors(edges, problem, k);
        const key = `${layers[k]!} ${edges.length === 0 ? "" : tensors.join()}`;
        const own = edges.length === 0 ? null : heldModel(model, problem, cuts.home, tensors);
        const layer = own?.layer ?? network.layers[layers[k]!]!.model;
        const account = own?.account ?? layer.placement!;
        let floor = floors.get(key);
        if (floor === undefined) floors.set(key, (floor = makeLayerFloor(layer, account, largest)));
        return { key, floor, account, names: problem.tensors.map(({ name }) => name) };
      });
      const all = cutsInWords(edges, problems, (k, tensor, elements) => {
        const { account, names } = models[k]!;
        return account.held(names.indexOf(tensor), cuts.home, elements);
      });
      return { layers: models, held: all.map((cut) => layers.map((_, k) => heldWhile(cut, k))) };
    } catch (error) {
      if (error instanceof LoopnestError && error.data.code === "unsupported") return null;
      throw error;
    }
  }
}

function total(list: readonly Cost[]): Cost {
  return list.reduce(
    (sum, { energyPj, latencyCycles }) => ({
      energyPj: sum.energyPj + energyPj,
      latencyCycles: sum.latencyCycles + latencyCycles,
    }),
    { energyPj: 0, latencyCycles: 0 },
  );
}
