import {
  type Counts,
  type LayerModel,
  type LevelParts,
  makeMapspace,
  type Problem,
  plainParts,
  type Target,
  tensorWidths,
} from "@loopnest/mapspace";
import { energyPj, totalLeakPj } from "../cost/energy.js";
import { latencyCycles } from "../cost/latency.js";
import { countNetworks } from "../cost/network-energy.js";
import { checkWires } from "../evaluate/element-width.js";
import { adjoints } from "../gradient/adjoints.js";
import { nestGradient } from "../gradient/nest-gradient.js";
import { usedWords } from "../limits/limits.js";
import { walkExtents } from "../state/extents.js";
import { levelTraffic } from "../state/level-words.js";
import { nestState } from "../state/nest-state.js";
import { countTransfers } from "../traffic/transfers.js";
import { costAccount } from "./cost-account.js";
import { placementAccount } from "./placement-account.js";

/**
 * The closed form for one layer on a target: see `LayerModel` for the order of calls.
 *
 * @param parts What the levels cost whatever the sizes; plain unless given.
 */
export function analyticalLayer(
  target: Target,
  problem: Problem,
  counts: Counts,
  parts: readonly LevelParts[] = target.levels.map(() => plainParts),
): LayerModel {
  const space = makeMapspace(target, problem);
  const widths = tensorWidths(space.shape.problem, target.levels);
  checkWires(space.shape.problem, target, widths);
  const state = nestState(space.shape, space.nest(), counts, widths);
  const { traffic, refresh } = levelTraffic(state);
  const adjoint = adjoints(state);
  return {
    space,
    needs(nest, out) {
      walkExtents(state, nest);
      for (let l = 0; l < nest.levelCount; l++) {
        let x = 1;
        let y = 1;
        for (let i = nest.start[l]!; i < nest.startY[l]!; i++) x *= nest.factor[i]!;
        for (let i = nest.startY[l]!; i < nest.startTemporal[l]!; i++) y *= nest.factor[i]!;
        out.words[l] = usedWords(state, nest, l);
        out.x[l] = x;
        out.y[l] = y;
      }
    },
    evaluate(nest, machine, rounding, out) {
      countTransfers(state, nest, machine, rounding);
      countNetworks(state, nest, machine, rounding);
      refresh();
      out.latencyCycles = latencyCycles(traffic, nest, machine, rounding);
      const accesses = energyPj(traffic, nest, machine, rounding);
      out.energyPj = accesses + traffic.networkPj + totalLeakPj(traffic, machine, out.latencyCycles);
    },
    gradient(nest, machine, seed, toFactors, toMachine) {
      nestGradient({ state, traffic, nest, machine, adjoint, toFactors, toMachine }, seed);
    },
    account: costAccount(space, state, { traffic, refresh }, parts),
    placement: placementAccount(space, state, parts),
  };
}
