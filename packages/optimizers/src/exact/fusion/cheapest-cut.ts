import type { Execution, Sink } from "./executions.js";
import { type Chain, chainsTo, type Ending, executionsIn } from "./segment-chains.js";

/** All ways to cut a network into chains of layers. */
export interface NetworkCuts {
  /** Every chain once, short ones first. */
  readonly chains: readonly Chain[];
  /**
   * The cut whose chains cost least together.
   *
   * @param costOf Of one execution of a chain; infinite for one that is not wanted.
   * @returns How often it has every chain.
   */
  cheapest(costOf: (chain: Chain) => number): { readonly cost: number; readonly chains: ReadonlyMap<Chain, number> };
}

/** @param longest Most layers of a chain. */
export function makeNetworkCuts(sinks: readonly Sink[], longest: number): NetworkCuts {
  const executions = executionsIn(sinks);
  const byKey = new Map<string, Chain>();
  const endings = new Map<Execution, Ending[]>();
  for (const execution of executions) {
    const own = chainsTo(execution, longest).map(({ chain, outside }) => {
      const known = byKey.get(chain.key) ?? chain;
      byKey.set(chain.key, known);
      return { chain: known, outside };
    });
    endings.set(execution, own);
  }
  const chains = [...byKey.values()].sort((a, b) => a.layers.length - b.layers.length);
  return {
    chains,
    cheapest(costOf) {
      const costs = new Map(chains.map((chain) => [chain, costOf(chain)]));
      const least = new Map<Execution, { readonly cost: number; readonly ending: Ending }>();
      for (const execution of executions) {
        let best: { cost: number; ending: Ending } | null = null;
        for (const ending of endings.get(execution)!) {
          const cost = ending.outside.reduce((sum, from) => sum + least.get(from)!.cost, costs.get(ending.chain)!);
          if (best === null || cost < best.cost) best = { cost, ending };
        }
        least.set(execution, best!);
      }
      const counts = new Map<Chain, number>();
      const take = (execution: Execution, count: number): void => {
        const { chain, outside } = least.get(execution)!.ending;
        counts.set(chain, (counts.get(chain) ?? 0) + count);
        for (const from of outside) take(from, count);
      };
      let cost = 0;
      for (const { execution, count } of sinks) {
        cost += count * least.get(execution)!.cost;
        take(execution, count);
      }
      return { cost, chains: counts };
    },
  };
}
