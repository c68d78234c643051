import type { CostAccount, LevelParts, Mapspace, Traffic } from "@loopnest/mapspace";
import { chargedInstances, totalLeakPj, vectorAccesses } from "../cost/energy.js";
import { levelCycles } from "../cost/latency.js";
import { countNetworks } from "../cost/network-energy.js";
import { sufficientOrders } from "../orders/sufficient-orders.js";
import type { LevelTraffic } from "../state/level-words.js";
import type { NestState } from "../state/nest-state.js";
import { countLeastTransfers } from "../traffic/least-transfers.js";
import { meshDependent } from "../traffic/mesh-dependence.js";
import { countTransfers } from "../traffic/transfers.js";

/** The closed form's account of a layer's cost: see `CostAccount`. It shares its state with the layer's model. */
export function costAccount(
  space: Mapspace,
  state: NestState,
  { traffic, refresh }: LevelTraffic,
  parts: readonly LevelParts[],
): CostAccount {
  const { tensorCount } = space.shape;
  const nest = space.nest();
  return {
    meshDependent: meshDependent(space, state.counts) || partsDependOnMesh(space, parts),
    traffic,
    widths: state.widths,
    count(counted, machine) {
      countTransfers(state, counted, machine, "exact");
      countNetworks(state, counted, machine, "exact");
      refresh();
    },
    countLeast(counted) {
      countLeastTransfers(state, counted);
      refresh();
    },
    vectorAccesses(traffic: Traffic, machine, l) {
      let accesses = 0;
      for (let t = 0; t < tensorCount; t++) {
        if ((nest.keeps[l]! >> t) & 1) {
          accesses += vectorAccesses(
            traffic,
            t * traffic.levelCount + l,
            machine.blockSize[l]!,
            machine.parts[l]!,
            "exact",
          );
        }
      }
      return accesses * chargedInstances(traffic, machine, l);
    },
    chargedInstances,
    parts,
    leakPjPerCycle: (traffic, machine) => totalLeakPj(traffic, machine, 1),
    levelCycles: (traffic, machine, l) => levelCycles(traffic, nest, machine, l, "exact"),
    forSufficientOrders: sufficientOrders(space, state),
  };
}

/** Whether hops on priced wires are counted, or rows that clusters share: both see how instances are laid out. */
function partsDependOnMesh({ slots }: Mapspace, parts: readonly LevelParts[]): boolean {
  const unrolls = (l: number) => slots.some(({ level, kind }) => level === l && kind !== "temporal");
  return parts.some(({ clusterSize, network }, l) => {
    const { hopEnergyPj = 0, routerEnergyPj = 0 } = network ?? {};
    return clusterSize > 1 || (hopEnergyPj + routerEnergyPj > 0 && unrolls(l));
  });
}
