import type { Hardware } from "@loopnest/mapspace";
import type { Objective } from "@loopnest/optimizers";
import type { MethodName } from "../plan/methods.js";
import type { SearchInputs } from "../plan/search-plan.js";

/** A network to be searched on a target: with sizes left free, or on a machine as it was built. */
export interface Contest {
  readonly inputs: SearchInputs;
  /** Sizes that are given, not searched. */
  readonly fixed: Hardware;
}

/** What a comparison is about, as plain data: it is kept in the folder, so that the comparison can be gone on with. */
export interface ComparePlan {
  readonly objective: Objective;
  /** Of every search. */
  readonly samples: number;
  /** Every search is run with seeds 1 to this. */
  readonly seeds: number;
  readonly methods: readonly MethodName[];
  /** Whether the certified optimum of every network is searched, too. */
  readonly optimum: boolean;
  /** Seconds that one exact search may take. */
  readonly exactLimit: number;
  /** One per network: hardware and mappings are searched. */
  readonly networks: readonly Contest[];
  /** Every network on every hand-made machine: mappings are searched. */
  readonly machines: readonly Contest[];
}
