import type { Machine, NodeTransfer, PlacementAccount } from "@loopnest/mapspace";
import type { PlacementEvent } from "./placement.js";
import type { PlacementPlan } from "./plan.js";

/**
 * Words that a placement reads from the outermost level and writes to it.
 *
 * @param events From the outermost inwards.
 * @param homes Nodes where the layer parts from others: everything inside is fetched anew whenever a loop outside goes
 * on.
 */
export function outermostWords(
  { nodes, lattice, nest, computeCycles }: PlacementPlan,
  account: PlacementAccount,
  machine: Machine,
  events: readonly PlacementEvent[],
  homes: readonly number[] = [],
): number {
  account.unroll(nest);
  const moved: NodeTransfer = { energyPj: 0, outerReads: 0, outerWrites: 0, innerWrites: 0 };
  let words = 0;
  const add = (tensor: number, level: number, fetched: number) => {
    if (account.outerOf(tensor, level) !== 0) return;
    account.transfer(tensor, level, fetched, machine, moved);
    words += moved.outerReads + moved.outerWrites;
  };
  const inside = lattice.trips.map(() => 1);
  const open = new Set<number>();
  const settle = (moves: (n: number) => boolean) => {
    const visits = lattice.trips.reduce((product, trips, d) => (product * trips) / inside[d]!, 1);
    for (const n of [...open].filter(moves)) {
      open.delete(n);
      add(nodes[n]!.tensor, nodes[n]!.level, nodes[n]!.tile[lattice.at(inside)]! * visits);
    }
  };
  for (const event of [...events].reverse()) {
    if (event.kind === "loop") {
      settle((n) => ((nodes[n]!.relevant >> event.dim) & 1) === 1);
      inside[event.dim]! *= event.factor;
    } else if (homes.includes(event.node)) settle(() => true);
    else open.add(event.node);
  }
  settle(() => true);
  const tensors = new Set(nodes.map(({ tensor }) => tensor));
  for (const tensor of tensors) add(tensor, machine.levelCount, computeCycles);
  return words;
}
